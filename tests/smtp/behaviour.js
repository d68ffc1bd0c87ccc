// How the mail server is to treat the next callers: accept, refuse, hold or drop.
//
// One behaviour is in force at a time. It names the stage at which it acts, and may be limited to one
// recipient (`to`) or to a number of callers (`times`); everything else is accepted.

export const STAGES = ["connect", "auth", "mail", "rcpt", "data"];
const KINDS = ["accept", "refuse", "hold", "drop"];

/** Reads a behaviour from the control request's JSON, or throws with the reason it makes no sense. */
export function parseBehaviour(json) {
  const wanted = JSON.parse(json);
  const { kind, at = "mail", code, text, to, times = Infinity, ...unknown } = wanted;
  if (!KINDS.includes(kind)) throw new Error(`kind must be one of ${KINDS.join(", ")}, not ${kind}`);
  if (!STAGES.includes(at)) throw new Error(`at must be one of ${STAGES.join(", ")}, not ${at}`);
  if (kind === "refuse" && !(code >= 400 && code <= 599)) throw new Error(`code must be 400 to 599, not ${code}`);
  if (to !== undefined && at !== "rcpt" && at !== "data") throw new Error("to works at rcpt and data only");
  const strange = Object.keys(unknown);
  if (strange.length > 0) throw new Error(`unknown: ${strange.join(", ")}`);
  return { kind, at, code, text: text ?? `refused at ${at} as the test asked`, to: to?.toLowerCase(), times };
}

/** Decides what happens to each caller, and keeps the answers that are being held back. */
export class Behaviours {
  #now = parseBehaviour('{"kind":"accept"}');
  #held = [];

  follow(behaviour) {
    this.#now = behaviour;
  }

  /** The kind of treatment due at this stage for these recipients; counts down `times`. */
  at(stage, recipients = []) {
    const now = this.#now;
    const meant = now.at === stage && (now.to === undefined || recipients.some((r) => r.toLowerCase() === now.to));
    if (now.kind === "accept" || !meant || now.times === 0) return { kind: "accept" };
    now.times -= 1;
    return now;
  }

  hold(answer) {
    this.#held.push(answer);
  }

  /** Gives every held answer at last; says how many there were. */
  release() {
    const held = this.#held.splice(0);
    for (const answer of held) answer();
    return held.length;
  }
}
