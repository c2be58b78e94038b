import { PagosConfig } from '../../../apps/pagos/src/config.ts'
import { open } from '../../../apps/pagos/src/open.ts'
import { runToDie } from '../run.ts'

runToDie('pagos', PagosConfig, open)
