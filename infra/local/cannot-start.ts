/** Something on this machine that only its user can put right; the message is one line that says what to do, shown without a stack trace. */
export class CannotStart extends Error {
  override name = 'CannotStart';
}
