import { type Environment, parseConfig } from '@encargo/service-kit/run/config'
import { EncargoConfig } from '../../apps/encargo/src/config.ts'
import { UsageError } from './command-line.ts'

/** How the services are put into processes. */
export type Form = 'juntos' | 'separados'

export const formOptions = {
  juntos: { type: 'boolean', default: false },
  separados: { type: 'boolean', default: false },
} as const

/**
 * What the command line wants, else `PROCESO`, else what the command does by itself.
 * @throws UsageError, ConfigError
 */
export function formOf(
  typed: { readonly juntos: boolean; readonly separados: boolean },
  env: Environment,
  byDefault: Form,
): Form {
  if (typed.juntos && typed.separados) {
    throw new UsageError('--juntos and --separados exclude each other; --help says more.')
  }
  if (typed.juntos) return 'juntos'
  if (typed.separados) return 'separados'
  const { PROCESO } = parseConfig(EncargoConfig, env)
  if (PROCESO === undefined) return byDefault
  return PROCESO === 'uno' ? 'juntos' : 'separados'
}
