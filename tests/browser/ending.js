// What a test started is ended in the opposite order, whatever happens to the test.

const endings = new WeakMap();

/** Runs `end` when the test `t` is over; what was begun last ends first. A failing `end` fails the test. */
export function atEnd(t, end) {
  if (!endings.has(t)) {
    endings.set(t, []);
    t.after(() => runAll(endings.get(t)));
  }
  endings.get(t).push(end);
}

async function runAll(stack) {
  const problems = [];
  while (stack.length > 0) {
    try {
      await stack.pop()();
    } catch (problem) {
      problems.push(problem);
    }
  }
  if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join("\n\n"));
}

/** Waits for `promise`, but no longer than `seconds`; then fails, saying what was waited for. */
export async function within(seconds, what, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`waited ${seconds} s for ${what}`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
