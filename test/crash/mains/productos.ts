import { ProductosConfig } from '../../../apps/productos/src/config.ts'
import { open } from '../../../apps/productos/src/open.ts'
import { runToDie } from '../run.ts'

runToDie('productos', ProductosConfig, open)
