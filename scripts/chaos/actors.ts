import { ask, type CompraAnswer } from '@encargo/client'
import type { Bank } from './bank.ts'
import { isTransient, type Person, persist, wordingOf } from './caller.ts'
import type { Fate, Ledger, Line, Product, Purchase } from './ledger.ts'
import { pause } from './mischief.ts'
import { type Chance, keyFor } from './random.ts'
import { pay } from './paying.ts'
import { drawMore } from './sale.ts'

export interface Scene {
  readonly ledger: Ledger
  readonly staff: Person
  readonly bank: Bank
  /** No new wishes any more. */
  readonly closing: AbortSignal
  /** Nobody repeats anything any more. */
  readonly over: AbortSignal
}

function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  return items
    .map((item) => ({ item, place: chance.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

function think(scene: Scene, chance: Chance, counter: boolean): Purchase {
  const mark = `compra-${scene.ledger.purchases.length}`
  const some = shuffled(scene.ledger.products, chance).slice(0, chance.between(1, 3))
  const lines = some.map(({ id }): Line => ({ productoId: id, cantidad: chance.between(1, 4) }))
  const key = chance.happens(0.9) ? keyFor(mark, chance) : null
  const purchase: Purchase = {
    mark,
    key,
    lines,
    counter,
    more: drawMore(chance, counter),
    told: new Set(),
    refused: false,
    ended: null,
  }
  scene.ledger.purchases.push(purchase)
  return purchase
}

function note(scene: Scene, purchase: Purchase, answer: CompraAnswer): void {
  const { ledger } = scene
  if (answer.ok) return void purchase.told.add(answer.data.id)
  const { problem } = answer
  if (problem.status === 0) ledger.unanswered++
  else if (isFinal(problem.codigo)) purchase.refused = true
  else if (!isTransient(problem)) {
    ledger.surprises.push(`the purchase ${purchase.mark} was answered ${wordingOf(problem)}`)
  }
}

const isFinal = (codigo: string) => codigo === 'stock-insuficiente' || codigo === 'cupon-agotado'

const sendPurchase =
  (who: Person, { key, lines, mark, counter, more }: Purchase) =>
  async () => {
    const { pedidos } = await who.client()
    const body = { lineas: [...lines], notas: mark, ...more, ...(counter && { completar: true }) }
    const headers = key === null ? {} : { 'idempotency-key': key }
    return await ask(pedidos.pedidos.post(body, { headers }))
  }

const persistence = (scene: Scene, chance: Chance) => ({
  signal: scene.over,
  waitMs: () => chance.between(20, 250),
  onRetry: () => {
    scene.ledger.retries++
  },
})

/** Buys with all the patience there is. Without a key there is only one attempt. */
async function buy(scene: Scene, who: Person, purchase: Purchase, chance: Chance): Promise<void> {
  const send = sendPurchase(who, purchase)
  const onAnswer = (answer: CompraAnswer) => note(scene, purchase, answer)
  if (purchase.key === null) return onAnswer(await send())
  const keeping = { ...persistence(scene, chance), onAnswer }
  // Now and then somebody taps twice.
  const taps = chance.happens(0.1) ? 2 : 1
  await Promise.all(Array.from({ length: taps }, () => persist(send, keeping)))
}

/** It ran out meanwhile, or is not paid. */
const tooEarlyOrLate = new Set(['transicion-invalida', 'pago-pendiente'])

/** Ends an order, and writes down what the answer says became of it. */
async function end(
  scene: Scene,
  who: Person,
  purchase: Purchase,
  { fate, chance }: { fate: Fate; chance: Chance },
): Promise<void> {
  const [id] = purchase.told
  if (id === undefined) return
  const send = async () => ask((await who.client()).pedidos.pedidos({ id }).patch({ estado: fate }))
  const answer = await persist(send, persistence(scene, chance))
  if (answer?.ok) purchase.ended = fate
  else if (answer && !tooEarlyOrLate.has(answer.problem.codigo)) {
    scene.ledger.surprises.push(`ending the order ${id} was answered ${wordingOf(answer.problem)}`)
  }
}

/** Voids a sale: of a run that goes over midnight some are of yesterday, and stand. */
async function annul(scene: Scene, { told: [id] }: Purchase, chance: Chance): Promise<void> {
  if (id === undefined) return
  const send = async () =>
    ask((await scene.staff.client()).pedidos.pedidos({ id }).anulacion.post({ motivo: 'un error' }))
  const answer = await persist(send, persistence(scene, chance))
  if (answer && !answer.ok && answer.problem.codigo !== 'transicion-invalida') {
    scene.ledger.surprises.push(`voiding the order ${id} was answered ${wordingOf(answer.problem)}`)
  }
}

/** Buys, and then cancels, has it completed, or forgets about it; one sale in ten was a mistake. */
export async function shop(scene: Scene, who: Person, chance: Chance): Promise<void> {
  while (!scene.closing.aborted) {
    const counter = chance.happens(0.15)
    const purchase = think(scene, chance, counter)
    await buy(scene, counter ? scene.staff : who, purchase, chance)
    await pay(scene, who, purchase, chance)
    const fate = chance.next()
    if (fate < 0.25 && !counter) await end(scene, who, purchase, { fate: 'Cancelado', chance })
    else if (fate < 0.7) await end(scene, scene.staff, purchase, { fate: 'Completado', chance })
    if (purchase.ended === 'Completado' && chance.happens(0.1)) await annul(scene, purchase, chance)
    await pause(chance.between(5, 60), scene.closing)
  }
}

async function move(scene: Scene, product: Product, chance: Chance, key: string): Promise<void> {
  const tipo = chance.happens(0.7) ? 'ENTRADA' : 'SALIDA'
  const cantidad = chance.between(1, 12)
  const headers = { 'idempotency-key': key }
  const send = async () => {
    const { inventario } = await scene.staff.client()
    const here = inventario.inventario({ productoId: product.id })
    return await ask(here.patch({ tipo, cantidad }, { headers }))
  }
  const answer = await persist(send, persistence(scene, chance))
  if (!answer) product.unknown += cantidad
  else if (answer.ok && tipo === 'ENTRADA') product.received += cantidad
  else if (answer.ok) product.taken += cantidad
  else if (answer.problem.codigo !== 'stock-insuficiente') {
    const what = wordingOf(answer.problem)
    scene.ledger.surprises.push(`a movement of ${product.id} was answered ${what}`)
  }
}

/** Receives goods and writes some off. */
export async function keepStock(scene: Scene, name: string, chance: Chance): Promise<void> {
  for (let movement = 0; !scene.closing.aborted; movement++) {
    const [product] = shuffled(scene.ledger.products, chance)
    if (product) await move(scene, product, chance, `movimiento-${name}-${movement}`)
    await pause(chance.between(20, 120), scene.closing)
  }
}
