import { InventarioConfig } from '../../../apps/inventario/src/config.ts'
import { open } from '../../../apps/inventario/src/open.ts'
import { runToDie } from '../run.ts'

runToDie('inventario', InventarioConfig, open)
