import { StartError } from '../run/start-error.ts'

/** Where one listens, and who it is, as sentences name it. */
export interface Address {
  readonly name: string
  readonly hostname: string
  readonly port: number
  /** The variable that the port is from. */
  readonly variable: string
}

/** Why it can't be listened there, for the person who chose the address. */
export function cannotListen(
  error: unknown,
  { name, hostname, port, variable }: Address,
): StartError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const where = `${hostname}:${port}`
  if (code === 'EADDRINUSE') {
    return new StartError(
      `${name}: ${where} is already in use; stop what listens there or set ${variable}`,
    )
  }
  if (code === 'EACCES') {
    return new StartError(
      `${name}: no permission to listen on ${where}; set ${variable} to a port above 1023`,
    )
  }
  return new StartError(
    `${name}: cannot listen on ${where} (${String(code ?? error)}); check HOST and ${variable}`,
  )
}

/**
 * For before anything is opened or made: what could not be reached in the end must not migrate a database.
 * @throws StartError when the address can't be had
 */
export function checkAddress(address: Address): void {
  const { hostname, port } = address
  try {
    Bun.serve({ hostname, port, reusePort: false, fetch: () => new Response() }).stop(true)
  } catch (error) {
    throw cannotListen(error, address)
  }
}
