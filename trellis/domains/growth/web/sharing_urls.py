from django.urls import path

from trellis.domains.growth.web import sharing

urlpatterns = [
    path("boards/<int:pk>/share/", sharing.share, {"kind": "board"}, name="share-board"),
    path("boards/<int:pk>/share/end/", sharing.end_share, {"kind": "board"}, name="end-share-board"),
    path("goals/<int:pk>/share/", sharing.share, {"kind": "goal"}, name="share-goal"),
    path("goals/<int:pk>/share/end/", sharing.end_share, {"kind": "goal"}, name="end-share-goal"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/<int:pk>/stop/", sharing.stop_reading, name="stop-reading"),
    path("cards/<int:pk>/comments/", sharing.comment_on_card, name="comment-on-card"),
    path("goals/<int:pk>/comments/", sharing.comment_on_goal, name="comment-on-goal"),
    path("comments/<int:pk>/delete/", sharing.take_comment_away, name="take-comment-away"),
]
