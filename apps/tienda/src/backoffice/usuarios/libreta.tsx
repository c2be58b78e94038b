import { useQuery } from '@tanstack/react-query'
import { DeGuardado, type Guardado } from '../../pages/cuenta/libreta/renglon.tsx'
import { useTextos } from '../../textos/idioma.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { opcionesLibreta } from '../datos/usuarios.ts'
import { useTextosUsuarios } from '../textos/usuarios.ts'

/** What a customer keeps, to be read to them on the telephone. */
export function LibretaDe({ id }: { readonly id: string }) {
  const t = useTextosUsuarios()
  const { identificacion } = useTextos()
  const consulta = useQuery(opcionesLibreta(id))
  return (
    <Loaded query={consulta} waiting={<Skeleton className="h-24" />}>
      {({ direcciones, facturaciones }) => (
        <div className="grid gap-5 sm:grid-cols-2">
          <Panel title={t.direcciones}>
            <Lista
              renglones={direcciones.map((una) => ({
                id: una.id,
                titulo: una.alias ?? una.calle,
                marca: una.predeterminada ? t.predeterminada : undefined,
                lineas: [
                  una.nombre,
                  una.alias && una.calle,
                  una.referencia,
                  [una.codigoPostal, una.ciudad, una.provincia, una.pais]
                    .filter(Boolean)
                    .join(', '),
                  una.telefono,
                ],
              }))}
            />
          </Panel>
          <Panel title={t.facturacion}>
            <Lista
              renglones={facturaciones.map(({ identificacion: de, ...una }) => ({
                id: `${de.numero} ${una.razonSocial}`,
                titulo: una.razonSocial,
                marca: undefined,
                lineas: [
                  `${identificacion.tipos[de.tipo]} ${de.numero} (${de.pais})`,
                  una.direccion,
                  una.email,
                ],
              }))}
            />
          </Panel>
        </div>
      )}
    </Loaded>
  )
}

interface RenglonDe extends Guardado {
  readonly id: string
}

function Lista({ renglones }: { readonly renglones: readonly RenglonDe[] }) {
  const t = useTextosUsuarios()
  if (renglones.length === 0) return <p className="text-suave">{t.sinGuardar}</p>
  return (
    <ul className="divide-linea divide-y">
      {renglones.map(({ id, ...guardado }) => (
        <li key={id} className="py-2 break-words first:pt-0 last:pb-0">
          <DeGuardado {...guardado} />
        </li>
      ))}
    </ul>
  )
}
