import { type Answer, ask, Order, persist, read } from './caller.ts'
import type { Fate, Ledger, Line, Product, Purchase } from './ledger.ts'
import { pause } from './mischief.ts'
import { type Chance, keyFor } from './random.ts'
import type { Session } from './session.ts'

export interface Scene {
  readonly origins: { readonly pedidos: string; readonly inventario: string }
  readonly ledger: Ledger
  readonly staff: Session
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
    told: new Set(),
    refused: false,
    ended: null,
  }
  scene.ledger.purchases.push(purchase)
  return purchase
}

function note(scene: Scene, purchase: Purchase, answer: Answer | null): void {
  const { ledger } = scene
  if (!answer) ledger.unanswered++
  else if (answer.status === 201) purchase.told.add(read(Order, answer).id)
  else if (answer.codigo === 'stock-insuficiente') purchase.refused = true
  else if (![401, 429, 503].includes(answer.status) && answer.codigo !== 'idempotencia-en-curso') {
    const what = `${answer.status} ${answer.codigo ?? ''}`
    ledger.surprises.push(`the purchase ${purchase.mark} was answered ${what}`)
  }
}

const sendPurchase = (scene: Scene, who: Session, purchase: Purchase) => async () =>
  await ask({
    method: 'POST',
    url: `${scene.origins.pedidos}/pedidos`,
    token: await who.token(),
    key: purchase.key,
    body: {
      lineas: purchase.lines,
      notas: purchase.mark,
      ...(purchase.counter ? { completar: true } : {}),
    },
  })

const persistence = (scene: Scene, chance: Chance) => ({
  signal: scene.over,
  waitMs: () => chance.between(20, 250),
  onRetry: () => {
    scene.ledger.retries++
  },
})

/** Buys with all the patience there is. Without a key there is only one attempt. */
async function buy(scene: Scene, who: Session, purchase: Purchase, chance: Chance): Promise<void> {
  const send = sendPurchase(scene, who, purchase)
  const onAnswer = (answer: Answer | null) => note(scene, purchase, answer)
  if (purchase.key === null) return onAnswer(await send())
  const keeping = { ...persistence(scene, chance), onAnswer }
  // Now and then somebody taps twice.
  const taps = chance.happens(0.1) ? 2 : 1
  await Promise.all(Array.from({ length: taps }, () => persist(send, keeping)))
}

/** Ends an order, and writes down what the answer says became of it. */
async function end(
  scene: Scene,
  who: Session,
  purchase: Purchase,
  { fate, chance }: { fate: Fate; chance: Chance },
): Promise<void> {
  const [id] = purchase.told
  if (id === undefined) return
  const url = `${scene.origins.pedidos}/pedidos/${id}`
  const send = async () =>
    await ask({ method: 'PATCH', url, token: await who.token(), body: { estado: fate } })
  const answer = await persist(send, persistence(scene, chance))
  if (answer?.status === 200) purchase.ended = fate
  // It may have run out meanwhile.
  else if (answer && answer.codigo !== 'transicion-invalida') {
    const what = `${answer.status} ${answer.codigo ?? ''}`
    scene.ledger.surprises.push(`ending the order ${id} was answered ${what}`)
  }
}

/** Buys, and then cancels, has it completed, or forgets about it. */
export async function shop(scene: Scene, who: Session, chance: Chance): Promise<void> {
  while (!scene.closing.aborted) {
    const counter = chance.happens(0.15)
    const purchase = think(scene, chance, counter)
    await buy(scene, counter ? scene.staff : who, purchase, chance)
    const fate = chance.next()
    if (fate < 0.25 && !counter) await end(scene, who, purchase, { fate: 'Cancelado', chance })
    else if (fate < 0.7) await end(scene, scene.staff, purchase, { fate: 'Completado', chance })
    await pause(chance.between(5, 60), scene.closing)
  }
}

async function move(scene: Scene, product: Product, chance: Chance, key: string): Promise<void> {
  const tipo = chance.happens(0.7) ? 'ENTRADA' : 'SALIDA'
  const cantidad = chance.between(1, 12)
  const url = `${scene.origins.inventario}/inventario/${product.id}`
  const body = { tipo, cantidad }
  const send = async () =>
    await ask({ method: 'PATCH', url, token: await scene.staff.token(), key, body })
  const answer = await persist(send, persistence(scene, chance))
  if (!answer) product.unknown += cantidad
  else if (answer.status === 200 && tipo === 'ENTRADA') product.received += cantidad
  else if (answer.status === 200) product.taken += cantidad
  else if (answer.codigo !== 'stock-insuficiente') {
    const what = `${answer.status} ${answer.codigo ?? ''}`
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
