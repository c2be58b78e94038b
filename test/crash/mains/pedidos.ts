import { PedidosConfig } from '../../../apps/pedidos/src/config.ts'
import { open } from '../../../apps/pedidos/src/open.ts'
import { runToDie } from '../run.ts'

runToDie('pedidos', PedidosConfig, open)
