"""The addresses of boards and cards."""

from django.urls import path

from trellis.domains.growth.web import arranging, boards, cards, moving

urlpatterns = [
    path("board/", boards.mine, name="my-board"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<int:pk>/", boards.board, name="board"),
    path("boards/<int:pk>/settings/", arranging.settings, name="board-settings"),
    path("boards/<int:pk>/archive/", boards.archive, name="archive-board"),
    path("boards/<int:pk>/columns/", arranging.add_column, name="add-column"),
    path("boards/<int:pk>/labels/", arranging.add_label, name="add-label"),
    path("boards/<int:pk>/acts/<int:act_id>/undo/", boards.take_back, name="undo"),
    path("boards/<int:pk>/sent/", moving.sent, name="send-what-waited"),
    path("columns/<int:pk>/", arranging.column, name="column"),
    path("columns/<int:pk>/cards/", cards.add, name="add-card"),
    path("columns/<int:pk>/rest/", cards.rest, name="rest"),
    path("labels/<int:pk>/", arranging.label, name="label"),
    path("cards/<int:pk>/", cards.card, name="card"),
    path("cards/<int:pk>/move/", moving.move, name="move-card"),
    path("cards/<int:pk>/archive/", cards.archive, name="archive-card"),
    path("cards/<int:pk>/steps/", cards.add_step, name="add-step"),
    path("steps/<int:pk>/", cards.step, name="step"),
]
