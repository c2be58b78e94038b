import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { PagosConfig } from './config.ts'
import { open } from './open.ts'

export const start = startService('pagos', PagosConfig, open)

if (import.meta.main) await runService('pagos', start)
