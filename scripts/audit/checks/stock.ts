import { type Context, countOf } from '../context.ts'

interface Level {
  id: string
  fisico: number
  reservado: number
  faltan: number
  activo: number
}

/** Levels against their bounds and against what is actively reserved. */
export function checkStock({ client, tally, progress }: Context): void {
  progress('comparing stock with reservations', 0)
  const products = countOf(client, 'SELECT count(*) FROM inv.existencias')
  tally.checked('limits', products)
  tally.checked('reserved', products)
  const levels = client.query<Level, []>(`
    WITH activo AS (
      SELECT l.producto_id, sum(l.cantidad) AS n
      FROM inv.reservas r CROSS JOIN inv.reserva_lineas l ON l.reserva_n = r.n
      WHERE r."estado" = 'activa' GROUP BY l.producto_id)
    SELECT e.producto_id AS id, fisico, reservado, faltan, coalesce(a.n, 0) AS activo
    FROM inv.existencias e LEFT JOIN activo a USING (producto_id)
    WHERE reservado <> coalesce(a.n, 0) OR NOT (0 <= reservado AND reservado <= fisico)
      OR NOT (0 <= faltan AND faltan <= fisico AND (faltan = 0 OR fisico = reservado))`)
  for (const { id, fisico, reservado, faltan, activo } of levels.iterate()) {
    const subject = `product ${id}`
    if (reservado < 0 || reservado > fisico) {
      tally.wrong('limits', subject, `reservado is ${reservado}, fisico is ${fisico}`)
    }
    if (faltan < 0 || faltan > fisico || (faltan > 0 && fisico > reservado)) {
      const levels = `reservado is ${reservado}, fisico is ${fisico}`
      tally.wrong('limits', subject, `faltan is ${faltan}, ${levels}`)
    }
    if (reservado !== activo) {
      const sum = `its active reservations add up to ${activo}`
      tally.wrong('reserved', subject, `reservado is ${reservado}, ${sum}`)
    }
  }
}
