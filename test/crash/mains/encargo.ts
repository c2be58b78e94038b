import { serviceNames } from '@encargo/service-kit/run/config'
import { runShop } from '../../../apps/encargo/src/run.ts'
import { mortalWorld, readyToDie } from '../run.ts'

const started = readyToDie()
void runShop(serviceNames, process.env, {
  // tienda keeps nothing, and is not among them.
  world: (name, machine) => (name === 'tienda' ? machine : mortalWorld(name, machine)),
}).then(started)
