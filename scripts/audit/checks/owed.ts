import { sistema } from '../../../apps/pedidos/src/domain/pedido.ts'
import { deInvitado } from '../../../apps/pedidos/src/store/condiciones.ts'
import { type Context, countOf, makeAnew } from '../context.ts'

interface Kind {
  /** What a row of this kind, `o`, is owed for. */
  readonly fact: string
  readonly waits: string
  readonly lacks: string
  readonly remedy: (clave: string) => string
}

const withdraw = (tipo: string, clave: string) =>
  `DELETE FROM obligaciones WHERE tipo = '${tipo}' AND clave = '${clave}' in pedidos.db, with pedidos stopped`

/** What stands in `obligaciones`; the ends of orders are owed in the orders' own columns. */
const kinds: Readonly<Record<string, Kind>> = {
  'soltar-reserva': {
    fact: 'SELECT 1 FROM descartes WHERE id = o.clave',
    waits: 'a reservation to let go of',
    lacks: 'its reservation is to be let go of, but it was never discarded and may become an order',
    remedy: (clave) => withdraw('soltar-reserva', clave),
  },
  reponer: {
    fact: `SELECT 1 FROM abonos a JOIN pedidos p ON p.numero = a.numero
      WHERE p.id = o.clave AND a.causa = 'anulacion'`,
    waits: 'units of a voided order to be put back',
    lacks: 'its units are to be put back, but it was never voided',
    remedy: (clave) => withdraw('reponer', clave),
  },
  reembolsar: {
    fact: 'SELECT 1 FROM reembolsos_pedidos WHERE id = o.clave',
    waits: 'money to be given back',
    lacks: 'is to be given back, but nobody decided so',
    remedy: (clave) => withdraw('reembolsar', clave),
  },
  'cerrar-cobro': {
    fact: 'SELECT 1 FROM pedido_cobros WHERE id = o.clave',
    waits: 'a charge to be closed',
    lacks: 'is to be closed, but is no charge of an order',
    remedy: (clave) => withdraw('cerrar-cobro', clave),
  },
  'capturar-cobro': {
    fact: 'SELECT 1 FROM pedido_cobros WHERE id = o.clave',
    waits: 'promised money to be taken',
    lacks: 'is to be taken, but is no charge of an order',
    remedy: (clave) => withdraw('capturar-cobro', clave),
  },
  avisar: {
    fact: "SELECT 1 FROM avisos WHERE CAST(id AS TEXT) = o.clave AND estado = 'por-enviar'",
    waits: 'a mail to be sent',
    lacks: 'is to be sent, but there is no such mail, or it has ended',
    remedy: (clave) => withdraw('avisar', clave),
  },
  'olvidar-cliente': {
    fact: 'SELECT 1 FROM clientes_borrados WHERE id = o.clave',
    waits: 'a customer to forget',
    lacks: 'is to be forgotten, but is not noted as erased, and may go on buying',
    remedy: () => `${makeAnew('borrados')}: auth's list is then read from its beginning`,
  },
}

/** What an order, `p`, says beyond the books, of whom it is for. */
const personal = `p.notas IS NOT NULL OR p.direccion_envio IS NOT NULL
  OR p.intencion_motivo IS NOT NULL AND p.intencion_actor <> '${sistema}'
  OR p.sello IS NOT NULL AND (p.creado_por = p.cliente_id OR ${deInvitado('p')})
  OR EXISTS (SELECT 1 FROM pedido_condiciones c
    WHERE c.numero = p.numero AND (c.contacto IS NOT NULL OR c.facturacion IS NOT NULL))
  OR EXISTS (SELECT 1 FROM pedido_notas n WHERE n.numero = p.numero)
  OR EXISTS (SELECT 1 FROM pedido_eventos e
    WHERE e.numero = p.numero AND e.motivo IS NOT NULL AND e.actor <> '${sistema}')`

const isOwed = (tipo: string, clave: string) =>
  `EXISTS (SELECT 1 FROM obligaciones WHERE tipo = '${tipo}' AND clave = ${clave})`

/**
 * What is owed is owed for something, and what is not done is owed. pedidos writes both in one
 * transaction and closes the row after the deed, so this holds at any moment.
 */
export function checkOwed(context: Context): void {
  const { client, tally, progress } = context
  progress('looking at what is owed', 0)
  for (const table of ['obligaciones', 'descartes', 'clientes_borrados']) {
    tally.checked('owed', countOf(client, `SELECT count(*) FROM ${table}`))
  }
  checkRows(context)
  checkFacts(context)
}

function checkRows({ client, tally }: Context): void {
  const facts = Object.entries(kinds).map(([tipo, { fact }]) => `WHEN '${tipo}' THEN (${fact})`)
  const rows = client.query<{ tipo: string; clave: string; fact: number | null }, []>(
    `SELECT tipo, clave, CASE tipo ${facts.join(' ')} END AS fact FROM obligaciones o`,
  )
  for (const { tipo, clave, fact } of rows.iterate()) {
    const kind = kinds[tipo]
    if (!kind) {
      const what = `${tipo} is owed to it, which nobody does`
      tally.wrong('owed', clave, what, withdraw(tipo, clave))
    } else if (fact === null) tally.wrong('owed', clave, kind.lacks, kind.remedy(clave))
    else tally.inFlight('owed', kind.waits)
  }
}

function checkFacts({ client, tally }: Context): void {
  const held = client.query<{ id: string }, []>(`
    SELECT d.id FROM descartes d CROSS JOIN inv.reservas r ON r.pedido_id = d.id
    WHERE r.estado = 'activa' AND NOT ${isOwed('soltar-reserva', 'd.id')}`)
  for (const { id } of held.iterate()) {
    const what = 'was discarded and still holds stock, and nothing says that it is to be let go of'
    const remedy = `${makeAnew('barrido')}: pedidos' sweep then looks at all of them again`
    tally.wrong('owed', `reservation ${id}`, what, remedy)
  }
  const told = client.query<{ id: string; n: number; first: number }, []>(`
    SELECT c.id, count(*) AS n, min(p.numero) AS first
    FROM pedidos p CROSS JOIN clientes_borrados c ON c.id = p.cliente_id
    WHERE (${personal}) AND NOT ${isOwed('olvidar-cliente', 'c.id')} GROUP BY c.id`)
  for (const { id, n, first } of told.iterate()) {
    const what = `was forgotten, but ${n} of their orders still say something personal, the first of them order ${first}`
    tally.wrong('owed', `user ${id}`, what, forgetAgain(id))
  }
}

const forgetAgain = (id: string) =>
  `UPDATE clientes_borrados SET hasta_numero = 0 WHERE id = '${id}'; ` +
  `INSERT INTO obligaciones VALUES ('olvidar-cliente', '${id}', '{}', 0, 0, NULL, ` +
  'unixepoch() * 1000, NULL) in pedidos.db'
