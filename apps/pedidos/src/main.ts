import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { PedidosConfig } from './config.ts'
import { open } from './open.ts'

export const start = startService('pedidos', PedidosConfig, open)

if (import.meta.main) await runService('pedidos', start)
