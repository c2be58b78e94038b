import { claveDeEmail } from '../../../apps/auth/src/domain/identidades.ts'
import { clienteDePaso } from '../../../apps/pedidos/src/domain/compra.ts'
import { type Context, countOf } from '../context.ts'

/** Where an id stands for a person whom auth keeps for good, erased or not. */
const named: readonly (readonly [what: string, query: string])[] = [
  [
    'the customer of an order',
    `SELECT cliente_id AS id, numero AS at FROM pedidos WHERE cliente_id <> '${clienteDePaso}'`,
  ],
  ['whoever made an order', 'SELECT creado_por AS id, numero AS at FROM pedidos'],
  [
    'whoever moved stock',
    'SELECT usuario_id AS id, secuencia AS at FROM inv.movimientos WHERE usuario_id IS NOT NULL',
  ],
  [
    'whoever changed the stock',
    'SELECT actor_id AS id, numero AS at FROM inv.auditoria WHERE actor_id IS NOT NULL',
  ],
  [
    'whoever changed what the shop offers',
    'SELECT actor_id AS id, numero AS at FROM auditoria WHERE actor_id IS NOT NULL',
  ],
  ['whoever set a price', 'SELECT usuario_id AS id, n AS at FROM prod.precios'],
  [
    'whoever changed the catalogue',
    'SELECT actor_id AS id, numero AS at FROM prod.auditoria WHERE actor_id IS NOT NULL',
  ],
]

const restore = 'restore auth.db from a backup, with the others'

/** Whom the other services name is an account, and the accounts hold together. */
export function checkPeople(context: Context): void {
  const { client, tally, progress } = context
  tally.checked('people', countOf(client, 'SELECT count(*) FROM auth.usuarios'))
  for (const [index, [what, query]] of named.entries()) {
    progress('looking for the people', index / named.length)
    const lost = client.query<{ id: string; n: number; first: number }, []>(`
      SELECT id, count(*) AS n, min(at) AS first FROM (${query}) q
      WHERE NOT EXISTS (SELECT 1 FROM auth.usuarios u WHERE u.id = q.id)
        AND NOT EXISTS (SELECT 1 FROM auth.cuentas_servicio c WHERE c.id = q.id)
      GROUP BY id`)
    for (const { id, n, first } of lost.iterate()) {
      const times = n === 1 ? `number ${first}` : `${n} times, first in number ${first}`
      tally.wrong('people', `user ${id}`, `${what} (${times}) is not in auth`, restore)
    }
  }
  checkAdmin(context)
  checkAccounts(context)
  checkSessions(context)
}

/** A shop that sells something was set up by an admin, and auth never lets the last one go. */
function checkAdmin({ client, tally }: Context): void {
  const admins = `SELECT count(*) FROM auth.usuarios WHERE rol = 'admin' AND activo = 1`
  if (countOf(client, admins) > 0) return
  if (countOf(client, 'SELECT count(*) FROM prod.productos') === 0) return
  const remedy = 'start auth with ADMIN_EMAIL and ADMIN_PASSWORD, which creates one'
  tally.wrong('people', 'auth.db', 'there are products, and no active admin', remedy)
}

function checkAccounts({ client, tally }: Context): void {
  const accounts = client.query<{ id: string; email: string; clave: string }, []>(
    // Guests' addresses are compared with nobody's.
    'SELECT id, email, email_clave AS clave FROM auth.usuarios WHERE email IS NOT NULL AND invitado = 0',
  )
  const owners = new Map<string, string>()
  for (const { id, email, clave } of accounts.iterate()) {
    const due = claveDeEmail(email)
    if (due !== clave) {
      tally.wrong('people', `user ${id}`, 'cannot log in: the e-mail is kept under another key')
    }
    const other = owners.get(due)
    if (other !== undefined) {
      tally.wrong('people', `user ${id}`, `has the e-mail of user ${other}`)
    }
    owners.set(due, id)
  }
}

/** Each open session has one refresh token that is still good, and its user may log in. */
function checkSessions({ client, tally }: Context): void {
  const open = `s.cerrada_en IS NULL`
  const twice = client.query<{ id: string; n: number }, []>(`
    SELECT s.id, count(*) AS n FROM auth.sesiones s JOIN auth.refrescos r ON r.sesion_id = s.id
    WHERE ${open} AND r.usado_en IS NULL GROUP BY s.id HAVING count(*) > 1`)
  for (const { id, n } of twice.iterate()) {
    tally.wrong('people', `session ${id}`, `has ${n} refresh tokens that are still good`)
  }
  const shut = client.query<{ id: string; usuario: string }, []>(`
    SELECT s.id, s.usuario_id AS usuario FROM auth.sesiones s
    JOIN auth.usuarios u ON u.id = s.usuario_id WHERE ${open} AND u.activo = 0`)
  for (const { id, usuario } of shut.iterate()) {
    const what = `is open for user ${usuario}, whose account is closed`
    tally.wrong('people', `session ${id}`, what, `PATCH /usuarios/${usuario} {"activo":false}`)
  }
}
