import { runService } from '@encargo/service-kit/run/run'
import { startService } from '@encargo/service-kit/run/start-service'
import { AuthConfig } from './config.ts'
import { open } from './open.ts'

export const start = startService('auth', AuthConfig, open)

if (import.meta.main) await runService('auth', start)
