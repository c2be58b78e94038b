import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { cliente, pedir } from '../../api.ts'
import { Formulario } from '../../formularios/campos.tsx'
import { campoDe, porCodigo, useFormulario } from '../../formularios/formulario.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { CampoCodigo } from './codigo.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

/** Confirms by a press, not by being opened: programs that check mails for viruses open every link. */
export function ConfirmarPage() {
  const t = useTextos()
  const consultas = useQueryClient()
  const [hecho, setHecho] = useState(false)
  const formulario = useFormulario({
    async enviar(datos) {
      await pedir(cliente().auth.correo.confirmar.post({ token: campoDe(datos, 'token') }))
      setHecho(true)
      await consultas.invalidateQueries({ queryKey: ['yo'] })
    },
    explicar: porCodigo({ 'token-invalido': { campo: 'token', mensaje: t.confirmar.tokenMalo } }),
  })
  return (
    <Hoja
      titulo={t.confirmar.titulo}
      pie={
        <Link to="/" className={enlaceTexto}>
          {t.confirmar.seguir}
        </Link>
      }
    >
      {hecho ? (
        <Notice tone="good" title={t.confirmar.hecho} urgent />
      ) : (
        <Formulario de={formulario} boton={t.confirmar.boton} size="large">
          <p className="text-suave">{t.confirmar.texto}</p>
          <CampoCodigo />
        </Formulario>
      )}
    </Hoja>
  )
}
