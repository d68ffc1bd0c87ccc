// What has happened so far, in order, and a way to wait for what has not happened yet.

export class Events {
  #past = [];
  #waiting = new Set();

  /** Records an event and hands it to everybody who waits for one like it. */
  record(event, details) {
    const entry = { seq: this.#past.length + 1, event, ...details };
    this.#past.push(entry);
    for (const waiter of [...this.#waiting]) {
      if (!waiter.wants(entry)) continue;
      this.#waiting.delete(waiter);
      waiter.give(entry);
    }
  }

  all() {
    return this.#past;
  }

  /** The first event after `after` that is wanted, now or when it comes. `onGone(forget)` lets the asker leave. */
  next({ after, wants }, onGone) {
    const late = (entry) => entry.seq > after && wants(entry);
    const found = this.#past.find(late);
    if (found) return Promise.resolve(found);
    return new Promise((give) => {
      const waiter = { wants: late, give };
      this.#waiting.add(waiter);
      onGone(() => this.#waiting.delete(waiter));
    });
  }
}
