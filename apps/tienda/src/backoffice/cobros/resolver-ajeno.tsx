import { Campo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { Acto } from './acto.tsx'
import { resolverAjeno } from './listas.ts'
import { useTextosCobros } from './textos-listas.ts'

interface ResolverAjenoProps {
  readonly id: string
  /** How much of it, as it is read. */
  readonly cuanto: string
}

/** A person settled it with its provider, and says how. */
export function ResolverAjeno({ id, cuanto }: ResolverAjenoProps) {
  const t = useTextosCobros()
  return (
    <Acto
      boton={t.resolver}
      nombre={t.resolverCual(cuanto)}
      size="small"
      titulo={t.resolverTitulo}
      texto={t.resolverTexto}
      si={t.resolverSi}
      hacer={async (datos) => {
        await resolverAjeno(id, campoDe(datos, 'resolucion'))
        return t.resuelto
      }}
    >
      <Campo
        label={t.resolucion}
        name="resolucion"
        required
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
    </Acto>
  )
}
