import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { ProductosConfig } from './config.ts'
import { open } from './open.ts'

export const start = startService('productos', ProductosConfig, open)

if (import.meta.main) await runService('productos', start)
