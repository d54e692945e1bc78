"""The pages that join several domains: home, a person, a position, search; navigation and layout."""
