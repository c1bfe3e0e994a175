import { useState } from 'preact/hooks';

/** Switches between dark and light, starting with what the reader's system prefers. */
export function ThemeButton() {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const toggle = () => {
    document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
    setDark(!isDark);
  };
  return (
    <button type="button" onClick={toggle}>
      {isDark ? 'Light' : 'Dark'} theme
    </button>
  );
}
