/** Closes menus on Escape, on a choice, and on a click elsewhere. */
export function startMenus() {
  for (const menu of document.querySelectorAll('details.menu')) {
    menu.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && menu.open) {
        event.stopPropagation();
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    });
    menu.addEventListener('click', (event) => {
      if (event.target.closest('button')) menu.open = false;
    });
  }
  document.addEventListener('click', ({ target }) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(target)) menu.open = false;
  });
}
