import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { InventarioConfig } from './config.ts'
import { open } from './open.ts'

export const start = startService('inventario', InventarioConfig, open)

if (import.meta.main) await runService('inventario', start)
