import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Campo, Formulario } from '../../../formularios/campos.tsx'
import {
  CamposIdentificacion,
  leerIdentificacion,
} from '../../../formularios/campos-identificacion.tsx'
import { campoDe, useFormulario } from '../../../formularios/formulario.ts'
import { correoMaximo } from '../../../formularios/limites.ts'
import { useTextos } from '../../../textos/idioma.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.tsx'
import { type Facturacion, opcionesFacturacion, ponerFacturacion, useCambio } from './datos.ts'
import { Libreta, Renglon } from './renglon.tsx'

/** Whom somebody has invoices made out to. */
export function DatosFactura() {
  const { facturacion: t } = useTextos()
  const consulta = useQuery(opcionesFacturacion())
  const guardadas = consulta.data ?? []
  // Which of them is in hand; the one after the last is new.
  const [cual, setCual] = useState<number>()
  return (
    <Libreta
      id="facturacion"
      titulo={t.titulo}
      nueva={t.nueva}
      alAnadir={() => setCual(guardadas.length)}
    >
      <Loaded query={consulta} waiting={<Skeleton className="h-16" />}>
        {(todas) =>
          todas.length === 0 ? (
            <p className="text-suave">{t.ninguna}</p>
          ) : (
            <ul className="divide-linea divide-y">
              {todas.map((una, at) => (
                <Fila
                  key={`${una.identificacion.numero} ${una.razonSocial}`}
                  {...{ una, todas, alEditar: () => setCual(at) }}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Dialog
        open={cual !== undefined}
        onOpenChange={(abierto) => abierto || setCual(undefined)}
        title={cual === undefined || cual < guardadas.length ? t.editarTitulo : t.nueva}
      >
        <FormularioFactura
          todas={guardadas}
          cual={cual ?? guardadas.length}
          alGuardar={() => setCual(undefined)}
        />
      </Dialog>
    </Libreta>
  )
}

interface FilaProps {
  readonly una: Facturacion
  readonly todas: readonly Facturacion[]
  readonly alEditar: () => void
}

function Fila({ una, todas, alEditar }: FilaProps) {
  const { facturacion: t, identificacion } = useTextos()
  const borrar = useCambio('facturacion', t.borrados)
  const { pais, tipo, numero } = una.identificacion
  return (
    <Renglon
      titulo={una.razonSocial}
      lineas={[`${identificacion.tipos[tipo]} ${numero} (${pais})`, una.direccion, una.email]}
      acciones={[
        { texto: t.editar, nombre: t.editarCual(una.razonSocial), hacer: alEditar },
        {
          texto: t.borrar,
          nombre: t.borrarCual(una.razonSocial),
          ocupado: borrar.isPending,
          hacer: () => borrar.mutate(() => ponerFacturacion(todas.filter((otra) => otra !== una))),
        },
      ]}
    />
  )
}

interface FormularioFacturaProps {
  readonly todas: readonly Facturacion[]
  readonly cual: number
  readonly alGuardar: () => void
}

function FormularioFactura({ todas, cual, alGuardar }: FormularioFacturaProps) {
  const t = useTextos()
  const consultas = useQueryClient()
  const una = todas[cual]
  const formulario = useFormulario({
    async enviar(datos) {
      const [direccion, email] = [campoDe(datos, 'direccion'), campoDe(datos, 'email')]
      const escrita: Facturacion = {
        identificacion: leerIdentificacion(datos, t),
        razonSocial: campoDe(datos, 'razonSocial'),
        ...(direccion ? { direccion } : {}),
        ...(email ? { email } : {}),
      }
      await ponerFacturacion(todas.toSpliced(cual, 1, escrita))
      toast(t.facturacion.guardados)
      await consultas.invalidateQueries({ queryKey: ['facturacion'] })
      alGuardar()
    },
  })
  return (
    <Formulario de={formulario} boton={t.facturacion.guardar}>
      <CamposIdentificacion inicial={una?.identificacion} />
      <Campo
        label={t.facturacion.razonSocial}
        name="razonSocial"
        autoComplete="organization"
        required
        maxLength={200}
        defaultValue={una?.razonSocial}
      />
      <Campo
        label={t.facturacion.direccion}
        name="direccion"
        autoComplete="billing street-address"
        maxLength={300}
        defaultValue={una?.direccion}
      />
      <Campo
        label={t.facturacion.correo}
        name="email"
        type="email"
        autoComplete="email"
        maxLength={correoMaximo}
        defaultValue={una?.email}
      />
    </Formulario>
  )
}
