"""The addresses around a board: beginnings, files in and out, other ways to look at it, the archive."""

from django.urls import path

from trellis.domains.growth.web import archive, beginnings, bringing, exports, linking, looking

urlpatterns = [
    path("boards/new/", beginnings.new_board, name="new-board"),
    path("boards/import/", bringing.bring, name="bring-board"),
    path("boards/imports/<int:pk>/", bringing.board_import, name="board-import"),
    path("boards/imports/<int:pk>/write/", bringing.write, name="write-board-import"),
    path("boards/imports/<int:pk>/undo/", bringing.undo, name="undo-board-import"),
    path("boards/export.json", exports.everything_json, name="export-json"),
    path("boards/export.md", exports.everything_markdown, name="export-markdown"),
    path("boards/<int:pk>/export.json", exports.board_json, name="export-board-json"),
    path("boards/<int:pk>/export.md", exports.board_markdown, name="export-board-markdown"),
    path("boards/<int:pk>/print/", exports.print_board, name="print-board"),
    path("boards/<int:pk>/list/", looking.board_list, name="board-list"),
    path("boards/<int:pk>/timeline/", looking.board_timeline, name="board-timeline"),
    path("boards/search/", looking.search, name="search-cards"),
    path("boards/archived/", archive.archived, name="archived"),
    path("cards/<int:pk>/links/", linking.links, name="card-links"),
    path("board/put/", linking.put, name="put-on-my-board"),
]
