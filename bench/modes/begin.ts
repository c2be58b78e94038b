import { type Generator, startGenerator } from '../load/generator.ts'
import type { Session } from '../session.ts'
import { startFloor } from '../targets/floor.ts'
import { prepareSystem, type Shop } from '../targets/prepare.ts'
import { startSystem, type System, type SystemOptions } from '../targets/system.ts'
import type { Target } from '../targets/target.ts'

/** Each of these begins something that the session ends. */

export function beginGenerator(session: Session): Generator {
  const generator = startGenerator()
  session.defer(() => generator.stop())
  return generator
}

export async function beginSystem(session: Session, options: SystemOptions): Promise<System> {
  const system = await startSystem(options)
  session.defer(() => system.stop())
  return system
}

export async function beginShop(session: Session, name: string, shop: Shop): Promise<Target> {
  const system = await beginSystem(session, { folder: session.path(name) })
  session.say(`preparing ${shop.products} products and ${shop.shoppers} shoppers`)
  return await prepareSystem(system, shop)
}

export async function beginFloor(session: Session, shop: Shop): Promise<Target> {
  const floor = await startFloor({ folder: session.path('floor'), ...shop })
  session.defer(() => floor.stop())
  return floor
}
