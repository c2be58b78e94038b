import { isExecutable } from '@encargo/program'
import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import { StartError } from '@encargo/service-kit/run/start-error'
import { EncargoConfig } from '../../apps/encargo/src/config.ts'
import { UsageError } from './command-line.ts'

/** How the services are put into processes. */
export type Form = 'juntos' | 'separados'

export const formOptions = {
  juntos: { type: 'boolean', default: false },
  separados: { type: 'boolean', default: false },
} as const

/** @throws StartError where several processes are to share one port */
export function refuseOnePort(env: Environment): void {
  if (!env['PUERTO_UNICO']) return
  throw new StartError('PUERTO_UNICO is for one process: add --juntos, or leave it unset.')
}

interface Typed {
  readonly juntos: boolean
  readonly separados: boolean
}

/**
 * What the command line wants, else `PROCESO`, else what the command does by itself; the executable can
 * only be one process.
 * @throws UsageError, ConfigError
 */
export function formOf(typed: Typed, env: Environment, byDefault: Form): Form {
  if (typed.juntos && typed.separados) {
    throw new UsageError('--juntos and --separados exclude each other; --help says more.')
  }
  const form = asked(typed, env)
  if (isExecutable && form === 'separados') {
    throw new UsageError(
      'The executable is one process; for more of them, start it several times with names of services.',
    )
  }
  return form ?? (isExecutable ? 'juntos' : byDefault)
}

function asked(typed: Typed, env: Environment): Form | undefined {
  if (typed.juntos) return 'juntos'
  if (typed.separados) return 'separados'
  const { PROCESO } = parseConfig(EncargoConfig, env)
  if (PROCESO === undefined) return undefined
  return PROCESO === 'uno' ? 'juntos' : 'separados'
}
