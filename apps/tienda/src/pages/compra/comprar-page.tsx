import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, con, pedir } from '../../api.ts'
import { useCesta } from '../../cesta/cesta.ts'
import { ConSesion, EnCamino, type Yo } from '../../sesion/con-sesion.tsx'
import { useLengua } from '../../textos/idioma.ts'
import { type Borrador, leerBorrador } from './borrador.ts'
import { Formulario } from './formulario.tsx'
import { paisDe } from './paises.ts'

export const ComprarPage = () => <ConSesion>{(yo) => <Comprar yo={yo} />}</ConSesion>

/** Where the last order went is where the next one most likely goes. */
const opcionesUltimoEnvio = (clienteId: string) => ({
  queryKey: ['pedidos', 'ultimo-envio', clienteId],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const query = { clienteId, limite: 1 }
    const { datos } = await pedir(cliente().pedidos.pedidos.get({ query, ...con(signal) }))
    return datos[0]?.direccionEnvio ?? null
  },
})

function Comprar({ yo }: { readonly yo: Yo }) {
  const { region } = useLengua()
  const [borrador] = useState(leerBorrador)
  const [comprado, setComprado] = useState(false)
  const cesta = useCesta()
  const ultimo = useQuery({
    ...opcionesUltimoEnvio(yo.id),
    enabled: borrador === undefined,
    retry: 0,
  })
  if (cesta.length === 0 && !comprado) return <Navigate to="/cesta" replace />
  // Without an answer, one types the address oneself.
  if (borrador === undefined && ultimo.isPending) return <EnCamino />
  const pais = paisDe(region)
  const inicial: Borrador = borrador ?? {
    nombre: yo.nombre,
    ...(yo.telefono === null ? {} : { telefono: yo.telefono }),
    ...(pais === undefined ? {} : { pais }),
    ...ultimo.data,
  }
  return <Formulario inicial={inicial} alComprar={() => setComprado(true)} />
}
