import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CampoLargo, Formulario } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { notasMaximo } from '../../formularios/limites.ts'
import { useFormato } from '../../textos/formato.ts'
import { Panel } from '../../ui/panel.tsx'
import { toast } from '../../ui/toast.tsx'
import { usePersonas } from '../datos/nombres.ts'
import { anotarPedido, opcionesNotas } from '../datos/pedidos.ts'
import { useTextosNotas } from '../textos/notas.ts'
import { useTextosPedidos } from '../textos/pedidos.ts'
import { CursorList } from '../ui/cursor-list.tsx'

interface Nota {
  readonly id: number
  readonly texto: string
  readonly actor: string
  readonly en: string
}

/** What staff tell each other of an order. */
export function Notas({ id }: { readonly id: string }) {
  const n = useTextosNotas()
  const consulta = useInfiniteQuery(opcionesNotas(id))
  return (
    <Panel title={n.titulo} className="print:hidden">
      <p className="text-suave mb-3 text-sm">{n.texto}</p>
      <Nueva id={id} />
      <div className="mt-5">
        <CursorList part query={consulta} empty={<p className="text-suave">{n.ninguna}</p>}>
          {(notas) => <Lista notas={notas} />}
        </CursorList>
      </div>
    </Panel>
  )
}

function Lista({ notas }: { readonly notas: readonly Nota[] }) {
  const t = useTextosPedidos()
  const { fechaYHora } = useFormato()
  const personas = usePersonas(notas.map(({ actor }) => actor))
  return (
    <ul className="divide-linea divide-y">
      {notas.map(({ id, texto, actor, en }) => (
        <li key={id} className="py-3">
          <p className="break-words whitespace-pre-line">{texto}</p>
          <p className="text-suave text-sm">
            <time dateTime={en}>{fechaYHora(en)}</time>{' '}
            <span>{`· ${t.quien(personas.get(actor)?.nombre ?? t.cuentaEliminada)}`}</span>
          </p>
        </li>
      ))}
    </ul>
  )
}

function Nueva({ id }: { readonly id: string }) {
  const n = useTextosNotas()
  const consultas = useQueryClient()
  const [vuelta, setVuelta] = useState(0)
  const formulario = useFormulario({
    async enviar(datos) {
      await anotarPedido(id, campoDe(datos, 'texto'))
      toast(n.anotado)
      // The field is empty again.
      setVuelta((antes) => antes + 1)
      await consultas.invalidateQueries({ queryKey: opcionesNotas(id).queryKey })
    },
  })
  return (
    <Formulario key={vuelta} de={formulario} boton={n.anotar} look="secondary">
      <CampoLargo label={n.nueva} name="texto" maxLength={notasMaximo} required />
    </Formulario>
  )
}
