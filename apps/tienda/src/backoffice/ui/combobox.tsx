import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { CloseIcon } from '../../ui/icons.tsx'

export interface Option {
  readonly id: string
  readonly label: string
  readonly note?: string | null
}

interface ComboboxProps {
  readonly label: string
  readonly placeholder?: string
  /** What is chosen, or null. */
  readonly chosen: Option | null
  readonly onChoose: (option: Option | null) => void
  readonly clearLabel: string
  /** Told what is typed, so that `options` can follow. */
  readonly onType: (text: string) => void
  /** Undefined while there are none yet. */
  readonly options: readonly Option[] | undefined
  /** `options` are of what was typed before, and the right ones are on their way. */
  readonly loading: boolean
  readonly noneLabel: string
  /** The id of the option that is plainly meant by what is typed: Enter takes no other unasked. */
  readonly meant: string | undefined
  /** Said when Enter was pressed and none is plainly meant. */
  readonly unclearLabel: string
  readonly autoFocus?: boolean
  readonly className?: string
}

/** Chooses one of many by typing (the ARIA combobox with a list of options). */
export function Combobox(props: ComboboxProps) {
  const { label, placeholder, chosen, onChoose, onType, options, loading, meant, className } = props
  const id = useId()
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  /** Which one the arrows have led to. */
  const [active, setActive] = useState<string>()
  const [unclear, setUnclear] = useState(false)
  const entered = useRef(false)
  const input = useRef<HTMLInputElement>(null)
  const shown = open && text.trim() !== '' ? options : undefined
  const current = shown?.find((option) => option.id === (active ?? meant))

  const type = (typed: string) => {
    entered.current = false
    setText(typed)
    setOpen(true)
    setActive(undefined)
    setUnclear(false)
    onType(typed.trim())
  }
  const choose = (option: Option | null) => {
    setText('')
    setOpen(false)
    onType('')
    onChoose(option)
  }
  const step = (by: number) => {
    if (shown === undefined) return
    const from = current === undefined ? (by > 0 ? -1 : 0) : shown.indexOf(current)
    setActive(shown.at((from + by) % shown.length)?.id)
  }
  const take = () => {
    if (current) return choose(current)
    setUnclear(true)
    // What is read or typed next stands in its place.
    input.current?.select()
  }
  const settled = !loading && shown !== undefined
  useEffect(() => {
    // A scanner presses Enter faster than anybody can answer.
    if (!settled || !entered.current) return
    entered.current = false
    take()
  })
  const enter = () => {
    if (settled) take()
    else entered.current = !settled && text.trim() !== ''
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // With another key they are the page's.
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Enter') enter()
    else if (event.key === 'Escape' && shown) setOpen(false)
    else return
    event.preventDefault()
  }
  return (
    <div className={classNames('relative', className)}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={shown !== undefined && shown.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(current ? { 'aria-activedescendant': `${id}-${current.id}` } : {})}
          autoComplete="off"
          autoFocus={props.autoFocus}
          maxLength={200}
          placeholder={chosen?.label ?? placeholder}
          value={text}
          className={classNames('entrada pr-11', chosen !== null && 'placeholder:text-tinta')}
          onChange={({ target }) => type(target.value)}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            entered.current = false
            setOpen(false)
          }}
          onKeyDown={onKeyDown}
        />
        {chosen && (
          <IconButton
            label={props.clearLabel}
            className="absolute inset-y-0 right-0"
            onClick={() => choose(null)}
          >
            <CloseIcon />
          </IconButton>
        )}
      </div>
      <Options
        {...{ id, label, current, choose }}
        options={shown}
        note={shown?.length === 0 ? props.noneLabel : shown && unclear ? props.unclearLabel : ''}
      />
    </div>
  )
}

interface OptionsProps {
  readonly id: string
  readonly label: string
  /** Said above the options, to everybody; an empty text is nothing. */
  readonly note: string
  readonly options: readonly Option[] | undefined
  readonly current: Option | undefined
  readonly choose: (option: Option) => void
}

function Options({ id, label, note, options, current, choose }: OptionsProps) {
  const some = options !== undefined && options.length > 0
  return (
    <div
      className={classNames(
        'absolute inset-x-0 top-full z-30 mt-1',
        some && 'carta max-h-80 overflow-y-auto p-1 shadow-(--shadow-carta)',
      )}
    >
      <p role="status" className={classNames('text-suave text-sm', some && note && 'px-3 py-2')}>
        {note}
      </p>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={some ? undefined : 'hidden'}
      >
        {options?.map((option) => (
          <div
            key={option.id}
            id={`${id}-${option.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={option === current}
            className="aria-selected:bg-acento-tenue cursor-pointer rounded-lg px-3 py-2"
            // Before the input loses the focus, which closes the list.
            onPointerDown={(event) => {
              event.preventDefault()
              choose(option)
            }}
          >
            <span className="block font-medium">{option.label}</span>
            {option.note && (
              <span className="text-suave block text-sm break-all">{option.note}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
