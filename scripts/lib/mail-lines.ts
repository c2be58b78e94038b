import { dirname } from 'node:path'
import type { Timer } from '@encargo/service-kit/async/timer'

const said = 'a mail was written to a file, as SMTP_URL is not set'
/** For how long more of them are waited for, in milliseconds. */
const pauseMs = 2_000

/**
 * Says of many mails that come together how many they are and where, in one line: the orders of the demo
 * write dozens. `show` is given each line with what else it is shown with.
 */
export function mailLines<Of>(show: (of: Of, line: string) => void, timer: Timer) {
  let waiting: { readonly of: Of; readonly line: string; readonly file: string }[] = []

  function tell(): void {
    const [first] = waiting
    if (!first) return
    const { of, line, file } = first
    const many = `${waiting.length} mails were written to files in ${dirname(file)}, as SMTP_URL is not set`
    show(of, waiting.length === 1 ? line : many)
    waiting = []
  }

  return (of: Of, line: string): void => {
    const file = line.includes(said) ? /"file":"([^"]+)"/.exec(line)?.[1] : undefined
    if (file === undefined) return show(of, line)
    waiting.push({ of, line, file })
    if (waiting.length === 1) timer(tell, pauseMs)
  }
}
