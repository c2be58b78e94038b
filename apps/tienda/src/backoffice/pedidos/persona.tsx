import type { Usuario } from '../datos/usuarios.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { useTextosTrato } from '../textos/trato.ts'
import { esDePaso } from './de-paso.ts'

/** The name of a customer; of one that nobody knows yet, the beginning of the id. */
export function Persona({
  id,
  usuario,
}: {
  readonly id: string
  readonly usuario?: Usuario | undefined
}) {
  const t = useTextosPedidos()
  const trato = useTextosTrato()
  if (esDePaso(id)) return <span className="text-suave">{trato.dePaso}</span>
  if (usuario === undefined) return <span className="text-suave">{`${id.slice(0, 8)}…`}</span>
  if (usuario.nombre === null) return <span className="text-suave italic">{t.cuentaEliminada}</span>
  return <span>{usuario.nombre}</span>
}
