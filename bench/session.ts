import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

type Undo = () => void | Promise<void>

/**
 * What a run has begun and must end, whatever happens: a folder of its own for its databases, and
 * the processes that work in it.
 */
export class Session {
  readonly folder: string
  readonly #undo: Undo[] = []
  readonly #keep: boolean
  #ending: Promise<void> | undefined

  constructor(base: string, keep: boolean) {
    mkdirSync(base, { recursive: true })
    this.folder = mkdtempSync(join(base, 'run-'))
    this.#keep = keep
  }

  /** A path in the folder of this run. */
  path(name: string): string {
    return join(this.folder, name)
  }

  /** Has `undo` called at the end, the last one first. */
  defer(undo: Undo): void {
    // Begun while everything is being ended, as by Ctrl-C in the middle of a start.
    if (this.#ending) void undo()
    else this.#undo.push(undo)
  }

  /** Whether it is being ended, as by Ctrl-C: what fails from then on fails because of that. */
  get ending(): boolean {
    return this.#ending !== undefined
  }

  say(line: string): void {
    console.error(line)
  }

  /** Safe to call again. */
  end(): Promise<void> {
    return (this.#ending ??= this.#end())
  }

  async #end(): Promise<void> {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) await undo()
    if (!this.#keep) rmSync(this.folder, { recursive: true, force: true })
  }
}
