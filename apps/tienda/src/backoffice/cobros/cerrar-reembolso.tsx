import { Campo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { Acto } from './acto.tsx'
import { cerrarReembolso } from './datos.ts'
import { useTextosPago } from './textos.ts'

interface CerrarReembolsoProps {
  readonly id: string
  /** How much of it, as it is read. */
  readonly cuanto: string
}

/** A person gave it back, and says how. */
export function CerrarReembolso({ id, cuanto }: CerrarReembolsoProps) {
  const t = useTextosPago()
  return (
    <Acto
      boton={t.cerrarReembolso}
      nombre={t.cerrarReembolsoDe(cuanto)}
      size="small"
      titulo={t.cerrarReembolsoTitulo}
      texto={t.cerrarReembolsoTexto}
      si={t.cerrarReembolsoSi}
      hacer={async (datos) => {
        await cerrarReembolso(id, campoDe(datos, 'referencia'))
        return t.reembolsoAnotado
      }}
    >
      <Campo
        label={t.referencia}
        name="referencia"
        required
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
    </Acto>
  )
}
