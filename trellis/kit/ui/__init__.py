"""The look: tokens, components, icons, charts, language and theme. `/styleguide` shows every piece in every state."""
