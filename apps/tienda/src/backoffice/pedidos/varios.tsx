import type { Pedido } from '@encargo/client'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { cancelarPedido } from '../../datos/pedidos.ts'
import { problemaDe } from '../../api.ts'
import { useTextosDocumentos } from '../../documentos/textos.ts'
import { CampoLargo } from '../../formularios/campos.tsx'
import { campoDe } from '../../formularios/formulario.ts'
import { motivoMaximo } from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button, buttonClass, IconButton } from '../../ui/button.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { toast } from '../../ui/toast.tsx'
import { useTextosPago } from '../cobros/textos.ts'
import { completarPedido } from '../datos/pedidos.ts'
import { useTextosVarios } from '../textos/varios.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

export type Elegido = Pick<Pedido, 'id' | 'numero'>
type AccionVarios = 'completar' | 'cancelar'

interface Fallido {
  readonly pedido: Elegido
  readonly porque: string
}

/** Does something with one order after the other; what fails stops none of the others. */
function useUnoTrasOtro() {
  const textos = useTextos()
  const t = useTextosVarios()
  const { pagoPendiente } = useTextosPago()
  const porque = (error: unknown) => {
    const codigo = problemaDe(error)?.codigo
    if (codigo === 'pago-pendiente') return pagoPendiente
    return codigo === 'transicion-invalida' ? t.yaTermino : textoDeFallo(textos, error)
  }
  return async (pedidos: readonly Elegido[], hacer: (id: string) => Promise<unknown>) => {
    const fallidos: Fallido[] = []
    for (const pedido of pedidos) {
      try {
        await hacer(pedido.id)
      } catch (error) {
        fallidos.push({ pedido, porque: porque(error) })
      }
    }
    return fallidos
  }
}

interface VariosProps {
  readonly pedidos: readonly Elegido[]
  readonly acciones: readonly AccionVarios[]
  /** A reason that is offered for cancelling them. */
  readonly motivo?: string
  /** Told which of them are still chosen, as nothing came of it. */
  readonly onChange: (quedan: readonly Elegido[]) => void
}

/** What can be done with several orders at once, and which of them it could not be done with. */
export function Varios({ pedidos, acciones, motivo = '', onChange }: VariosProps) {
  const t = useTextosVarios()
  const { titulos } = useTextosDocumentos()
  const consultas = useQueryClient()
  const unoTrasOtro = useUnoTrasOtro()
  const [accion, setAccion] = useState<AccionVarios>()
  const [fallidos, setFallidos] = useState<readonly Fallido[]>([])
  const cuantos = pedidos.length
  const dialogo = (esta: AccionVarios) => ({
    open: accion === esta,
    onOpenChange: () => setAccion(undefined),
    title: t.titulo[esta](cuantos),
    text: t.texto[esta],
    confirm: t.si[esta],
    async onConfirm(datos: FormData) {
      const hacer = (id: string) =>
        esta === 'completar' ? completarPedido(id) : cancelarPedido(id, campoDe(datos, 'motivo'))
      const nuevos = await unoTrasOtro(pedidos, hacer)
      for (const area of ['pedidos', 'existencias', 'disponibles']) {
        void consultas.invalidateQueries({ queryKey: [area] })
      }
      setFallidos(nuevos)
      onChange(nuevos.map(({ pedido }) => pedido))
      if (nuevos.length < cuantos) toast(t.hecho[esta](cuantos - nuevos.length))
    },
  })
  return (
    <>
      {cuantos > 0 && (
        <div
          role="group"
          aria-label={t.elegidos(cuantos)}
          className="carta sticky bottom-3 z-20 mt-4 flex flex-wrap items-center justify-between gap-x-2 gap-y-3 p-3 shadow-(--shadow-carta)"
        >
          <p role="status" className="grow px-1 font-medium max-sm:sr-only">
            {t.elegidos(cuantos)}
          </p>
          {acciones.map((una) => (
            <Button
              key={una}
              look={una === 'cancelar' ? 'danger' : 'primary'}
              aria-label={t.boton[una](cuantos)}
              className="max-sm:px-3"
              onClick={() => setAccion(una)}
            >
              {t.enCorto[una](cuantos)}
            </Button>
          ))}
          {acciones.includes('completar') && (
            <Link
              to="/gestion/pedidos/imprimir"
              search={{ ids: pedidos.map(({ id }) => id).join(',') }}
              className={buttonClass('secondary')}
            >
              {titulos.picking}
            </Link>
          )}
          <IconButton label={t.ninguno} onClick={() => onChange([])}>
            <CloseIcon />
          </IconButton>
        </div>
      )}
      {fallidos.length > 0 && (
        <div className="mt-4">
          <Notice tone="bad" urgent title={t.fallidos(fallidos.length)}>
            <ul className="mt-1 flex flex-col gap-1">
              {fallidos.map(({ pedido: { id, numero }, porque }) => (
                <li key={id}>
                  <Link
                    to="/gestion/pedidos/$id"
                    params={{ id }}
                    className="font-medium underline underline-offset-4"
                  >
                    {t.pedido(numero)}
                  </Link>
                  <span>{`: ${porque}`}</span>
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      <ConfirmDialog {...dialogo('completar')} />
      <ConfirmDialog {...dialogo('cancelar')} look="danger">
        <CampoLargo
          label={t.motivo}
          name="motivo"
          defaultValue={motivo}
          maxLength={motivoMaximo}
          autoFocus
        />
      </ConfirmDialog>
    </>
  )
}
