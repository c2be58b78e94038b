/** What was asked for is on disk and will be finished without anybody's help, but is not finished yet. */
export class PorTerminarError extends Error {
  override readonly name = 'PorTerminarError'
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, cause: unknown) {
    super('the change is recorded and not finished yet', { cause })
    this.retryAfterMs = retryAfterMs
  }
}
