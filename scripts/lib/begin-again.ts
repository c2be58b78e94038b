/**
 * Begins the same command again in the same process, with `more` in its environment. Where a system
 * can't, as Windows, it goes on as it is.
 */
export function beginAgain(more: Readonly<Record<string, string>> = {}): void {
  if (process.platform === 'win32') return
  const { execPath, execArgv, argv } = process
  // The executable has its program within, and is not told of it.
  const typed = Bun.isStandaloneExecutable ? argv.slice(2) : [...execArgv, ...argv.slice(1)]
  process.execve?.(execPath, [execPath, ...typed], { ...process.env, ...more })
}
