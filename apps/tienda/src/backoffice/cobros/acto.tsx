import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { porCodigo } from '../../formularios/formulario.ts'
import { Button, type ButtonLook, type ButtonSize } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { refrescarPagos } from './datos.ts'
import { useTextosPago } from './textos.ts'

interface ActoProps {
  readonly boton: string
  /** What the button is called among others that look alike. */
  readonly nombre?: string
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  readonly titulo: string
  readonly texto?: string
  readonly si: string
  /** Does it, and says what came of it. */
  readonly hacer: (datos: FormData) => Promise<string>
  /** What is asked for besides. */
  readonly children?: ReactNode
}

/** Something that a person does about money: a button, a question, and what came of it. */
export function Acto(props: ActoProps) {
  const { boton, nombre, look = 'secondary', size = 'normal', titulo, texto, si, hacer } = props
  const t = useTextosPago()
  const consultas = useQueryClient()
  const [abierto, setAbierto] = useState(false)
  const refrescar = () => refrescarPagos(consultas)
  return (
    <>
      <Button look={look} size={size} aria-label={nombre} onClick={() => setAbierto(true)}>
        {boton}
      </Button>
      <ConfirmDialog
        open={abierto}
        onOpenChange={setAbierto}
        title={titulo}
        {...(texto === undefined ? {} : { text: texto })}
        confirm={si}
        look={look === 'danger' ? look : 'primary'}
        onConfirm={async (datos) => {
          toast(await hacer(datos))
          refrescar()
        }}
        explain={(error) => {
          refrescar()
          return porCodigo({
            'importe-excedido': { campo: 'importe', mensaje: t.excedido },
            'referencia-repetida': { campo: 'referencia', mensaje: t.repetida },
            'pedido-no-cobrable': { mensaje: t.noCobrable },
            'transicion-invalida': { mensaje: t.noCobrable },
            'cobro-no-admite': { mensaje: t.enCamino },
          })(error)
        }}
      >
        {props.children}
      </ConfirmDialog>
    </>
  )
}
