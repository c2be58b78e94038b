import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { cliente, pedir } from '../../../api.ts'
import { useLengua, useTextos } from '../../../textos/idioma.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { soloPais } from '../../../textos/paises.ts'
import { type Direccion, opcionesDirecciones, useCambio } from './datos.ts'
import { FormularioDireccion } from './formulario-direccion.tsx'
import { Libreta, Renglon } from './renglon.tsx'

/** Where somebody has things sent. */
export function Direcciones() {
  const { direcciones: t } = useTextos()
  const consulta = useQuery(opcionesDirecciones())
  const [enMano, setEnMano] = useState<Direccion | 'nueva'>()
  const una = enMano === 'nueva' ? undefined : enMano
  return (
    <Libreta id="direcciones" titulo={t.titulo} nueva={t.nueva} alAnadir={() => setEnMano('nueva')}>
      <Loaded query={consulta} waiting={<Skeleton className="h-16" />}>
        {(guardadas) =>
          guardadas.length === 0 ? (
            <p className="text-suave">{t.ninguna}</p>
          ) : (
            <ul className="divide-linea divide-y">
              {guardadas.map((guardada) => (
                <Fila key={guardada.id} direccion={guardada} alEditar={() => setEnMano(guardada)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Dialog
        open={enMano !== undefined}
        onOpenChange={(abierto) => abierto || setEnMano(undefined)}
        title={una ? t.editarTitulo : t.nueva}
      >
        <FormularioDireccion direccion={una} alGuardar={() => setEnMano(undefined)} />
      </Dialog>
    </Libreta>
  )
}

interface FilaProps {
  readonly direccion: Direccion
  readonly alEditar: () => void
}

function Fila({ direccion, alEditar }: FilaProps) {
  const { direcciones: t } = useTextos()
  const { region } = useLengua()
  const poner = useCambio('direcciones', t.guardada)
  const borrar = useCambio('direcciones', t.borrada)
  const { id, alias, nombre, calle, referencia, ciudad, provincia, codigoPostal } = direccion
  const cual = alias ?? calle
  const pais = soloPais(direccion.pais, region)[0]?.[1] ?? direccion.pais
  const lugar = [codigoPostal, ciudad, provincia, pais].filter(Boolean).join(', ')
  const primera = {
    texto: t.primera,
    nombre: t.primeraCual(cual),
    ocupado: poner.isPending,
    hacer: () =>
      poner.mutate(() =>
        pedir(cliente().auth.me.direcciones({ id }).patch({ predeterminada: true })),
      ),
  }
  return (
    <Renglon
      titulo={cual}
      marca={direccion.predeterminada ? t.predeterminada : undefined}
      lineas={[nombre, alias && calle, referencia, lugar, direccion.telefono]}
      acciones={[
        ...(direccion.predeterminada ? [] : [primera]),
        { texto: t.editar, nombre: t.editarCual(cual), hacer: alEditar },
        {
          texto: t.borrar,
          nombre: t.borrarCual(cual),
          ocupado: borrar.isPending,
          hacer: () => borrar.mutate(() => pedir(cliente().auth.me.direcciones({ id }).delete())),
        },
      ]}
    />
  )
}
