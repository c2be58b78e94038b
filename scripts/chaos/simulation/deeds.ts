import type { Chance } from '../random.ts'
import * as counter from './counter.ts'
import { atBank, atProvider, notify } from './provider.ts'
import { buy, pay } from './shoppers.ts'
import type { Deed, Street } from './street.ts'

/** What may happen, and how often beside the others. */
const deeds: readonly (readonly [number, Deed])[] = [
  [10, buy],
  [4, pay],
  [14, atProvider],
  [2, atBank],
  [4, counter.cancel],
  [6, counter.complete],
  [2, counter.makeSure],
  [2, counter.credit],
  [1, counter.annul],
  [6, counter.receive],
  [3, counter.look],
  [2, counter.close],
  [2, counter.giveBack],
  [10, notify],
  [2, counter.restock],
]
const weight = deeds.reduce((sum, [share]) => sum + share, 0)

export async function something(street: Street, chance: Chance): Promise<void> {
  let at = chance.next() * weight
  const [, deed] = deeds.find(([share]) => (at -= share) < 0) ?? [0, buy]
  const what = await deed(street, chance)
  if (what) street.known.done.set(what, (street.known.done.get(what) ?? 0) + 1)
}
