import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { TiendaConfig } from './config.ts'
import { abrir } from './server/abrir.ts'

export const start = startService('tienda', TiendaConfig, abrir)

if (import.meta.main) await runService('tienda', start)
