import { AuthConfig } from '../../../apps/auth/src/config.ts'
import { open } from '../../../apps/auth/src/open.ts'
import { runToDie } from '../run.ts'

runToDie('auth', AuthConfig, open)
