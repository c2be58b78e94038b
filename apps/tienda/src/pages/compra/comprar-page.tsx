import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, con, pedir } from '../../api.ts'
import { useCesta } from '../../cesta/cesta.ts'
import { insistente, motivoDe } from '../../datos/insistir.ts'
import { ConSesion, EnCamino, type Yo } from '../../sesion/con-sesion.tsx'
import { useSesion } from '../../sesion/sesion.ts'
import { useLengua } from '../../textos/idioma.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { type Borrador, leerBorrador } from './borrador.ts'
import { opcionesMetodos } from './cotizacion.ts'
import { Formulario } from './formulario.tsx'
import { paisDe } from '../../textos/paises.ts'
import type { Comprador } from './trato.ts'

/** Who has an account signs in or not; whoever was signed in a moment ago does so again. */
export function ComprarPage() {
  const sesion = useSesion()
  if (sesion === 'desconocida') return <EnCamino />
  if (sesion === 'cerrada') return <Comprar comprador={{ tipo: 'invitado' }} propio={{}} />
  return <ConSesion>{(yo) => <ConCuenta yo={yo} />}</ConSesion>
}

/** What could not be had is typed. */
const nada = () => ({ datos: [] })

/** What somebody keeps for their next orders. */
const opcionesLibreta = (yo: Yo) => ({
  queryKey: ['libreta', yo.id],
  retry: 0,
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const { me } = cliente().auth
    const query = { clienteId: yo.id, limite: 1 }
    const [direcciones, facturas, ultimos] = await Promise.all([
      pedir(me.direcciones.get(con(signal))).catch(nada),
      pedir(me.facturacion.get(con(signal))).catch(nada),
      pedir(cliente().pedidos.pedidos.get({ query, ...con(signal) })).catch(nada),
    ])
    return {
      direcciones: direcciones.datos,
      facturaciones: facturas.datos,
      // Where the last order went is where the next one most likely goes.
      ultimo: ultimos.datos[0]?.direccionEnvio ?? undefined,
    }
  },
})

function ConCuenta({ yo }: { readonly yo: Yo }) {
  const libreta = useQuery(opcionesLibreta(yo))
  if (libreta.isPending) return <EnCamino />
  const { nombre, email, telefono } = yo
  const { direcciones = [], facturaciones = [], ultimo } = libreta.data ?? {}
  const quien = { nombre, email, telefono }
  const comprador = { tipo: 'cuenta', ...quien, direcciones, facturaciones } as const
  // One is filled in; several are there to choose from.
  const [factura, ...otras] = facturaciones
  const propio: Borrador = {
    nombre,
    ...(telefono === null ? {} : { telefono }),
    ...ultimo,
    ...(factura && otras.length === 0
      ? {
          paisDocumento: factura.identificacion.pais,
          tipo: factura.identificacion.tipo,
          numero: factura.identificacion.numero,
          razonSocial: factura.razonSocial,
          facturaDireccion: factura.direccion ?? '',
          facturaEmail: factura.email ?? '',
        }
      : {}),
  }
  return <Comprar comprador={comprador} propio={propio} />
}

interface ComprarProps {
  readonly comprador: Comprador
  /** What is known of them before they type anything. */
  readonly propio: Borrador
}

function Comprar({ comprador, propio }: ComprarProps) {
  const { region } = useLengua()
  const [borrador] = useState(leerBorrador)
  const [comprado, setComprado] = useState(false)
  const cesta = useCesta()
  const metodos = useQuery({ ...opcionesMetodos(), ...insistente })
  if (cesta.length === 0 && !comprado) return <Navigate to="/cesta" replace />
  const pais = paisDe(region) ?? ''
  const inicial: Borrador = { pais, paisDocumento: pais, ...propio, ...borrador }
  return (
    <Loaded query={metodos} error={motivoDe(metodos)} alone waiting={<EnCamino />}>
      {(todos) => (
        <Formulario
          comprador={comprador}
          metodos={todos}
          inicial={inicial}
          alComprar={() => setComprado(true)}
        />
      )}
    </Loaded>
  )
}
