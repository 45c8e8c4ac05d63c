/** An answer that is not what was asked for. Its message says what was wrong, never what was answered. */
export class WrongRemoteAnswer extends Error {
  constructor(says: string) {
    super(says)
    this.name = 'WrongRemoteAnswer'
  }
}
