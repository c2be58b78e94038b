/** An icon says nothing by itself: the text or the label beside it does. `d`: of a path in 24 by 24. */
export const icon = (d: string) =>
  function Icon() {
    return (
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        className="size-5 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={d} />
      </svg>
    )
  }

export const SearchIcon = icon('M4 11a7 7 0 1 0 14 0a7 7 0 1 0-14 0M20 20l-3.8-3.8')
export const BasketIcon = icon(
  'M5 9h14l-1.3 9.2a2 2 0 0 1-2 1.8H8.3a2 2 0 0 1-2-1.8zM8.5 9V8a3.5 3.5 0 0 1 7 0v1',
)
export const PersonIcon = icon(
  'M8.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5',
)
export const BoxIcon = icon('M12 3l8 4.2v9.6L12 21l-8-4.2V7.2zM4 7.2l8 4.3 8-4.3M12 11.5V21')
export const SunIcon = icon(
  'M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4m0-12.8L17 7M7 17l-1.4 1.4',
)
export const MoonIcon = icon('M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5z')
export const CloseIcon = icon('M6 6l12 12M18 6 6 18')
export const PlusIcon = icon('M12 5v14M5 12h14')
export const MinusIcon = icon('M5 12h14')
export const CheckIcon = icon('M5 12.5l4.5 4.5L19 7.5')
export const WarningIcon = icon('M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.6v.1')
export const TrashIcon = icon('M5 7h14M10 7V5h4v2m-7.5 0 .8 12h9.4l.8-12M10 11v5m4-5v5')
export const BackIcon = icon('M19 12H5m6-6-6 6 6 6')
export const FilterIcon = icon('M4 7h16M7 12h10m-7 5h4')
export const GearIcon = icon(
  'M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 3.5v2.2m0 12.6v2.2m8.5-8.5h-2.2M5.7 12H3.5M18 6l-1.6 1.6M7.6 16.4 6 18m12 0-1.6-1.6M7.6 7.6 6 6',
)
