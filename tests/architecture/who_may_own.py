"""Who may, about what is somebody's own: no role is named here. See test_who_may.py."""

EVERYBODY = "linh dung thuy khoa an bao minh mai yen hoa bich tuan quan son"

OWN: dict[str, str | tuple[str, str]] = {
    # mentors: nobody's business but the two's, Linh's and Minh's
    "mentors/": EVERYBODY,  # one's own
    "mentors/find/": EVERYBODY,
    "mentors/willing/": EVERYBODY,  # oneself
    "mentors/willing/rest/": EVERYBODY,
    "mentors/supply/": EVERYBODY,
    "mentors/supply.csv": EVERYBODY,
    "mentors/<int:person_id>/": EVERYBODY,  # asking for oneself
    "mentorships/<int:pk>/": "linh minh",
    "mentorships/<int:pk>/answer/": "minh",
    "mentorships/<int:pk>/take-back/": "linh",
    "mentorships/<int:pk>/end/": "linh minh",
    "mentorships/<int:pk>/meetings/new/": "linh minh",
    "mentorships/<int:pk>/times/": "linh minh",
    "meetings/": EVERYBODY,  # one's own
    "meetings/new/": EVERYBODY,  # with one's own mentor
    "meetings/<int:pk>/": "linh minh",
    "meetings/<int:pk>/move/": "linh minh",
    "meetings/<int:pk>/cancel/": "linh minh",
    "meetings/<int:pk>/notes/": "linh minh",
    "meetings/<int:pk>/my-note/": "linh minh",  # each their own
    "meetings/<int:pk>/topics/": "linh minh",
    "meetings/<int:pk>/actions/": "linh minh",
    "meetings/<int:pk>/afterwards/": "linh minh",
    "meeting-topics/<int:pk>/remove/": "linh",
    "meeting-actions/<int:pk>/tick/": "linh minh",
    "meeting-actions/<int:pk>/drop/": "linh",
    "meeting-actions/<int:pk>/card/": "linh",
    # growth: hers alone, and Minh's to read and to comment while she lets him
    "decisions/": EVERYBODY,  # one's teams, and those that show what they agreed
    "units/<int:unit_id>/decisions/": "linh thuy",
    "units/<int:unit_id>/decisions.csv": "linh thuy",
    "units/<int:unit_id>/decisions/open/": "linh thuy",
    "decisions/<int:pk>/": "linh thuy",
    "decisions/<int:pk>/count/": "linh thuy",
    "decisions/<int:pk>/round/": "linh thuy",
    "decisions/<int:pk>/choose/": "linh thuy",
    "decisions/<int:pk>/reveal/": "linh thuy",
    "decisions/<int:pk>/explain/": "linh thuy",
    "decisions/<int:pk>/agree/": "linh thuy",
    "decisions/<int:pk>/drop/": "linh thuy",
    "wishes/": EVERYBODY,  # one's own
    "wishes/new/": EVERYBODY,
    "wishes/<int:pk>/drop/": "linh",
    "needs/": (EVERYBODY, "thuy khoa mai yen hoa bich"),  # of a unit of theirs
    "needs/<int:pk>/end/": "thuy mai hoa",
    "goals/": EVERYBODY,  # one's own
    "goals/new/": EVERYBODY,
    "goals/first/": EVERYBODY,
    "goals/check-in/": EVERYBODY,
    "goals/find/": EVERYBODY,
    "goals/find/leave/": EVERYBODY,
    "goals/find/forget/": EVERYBODY,
    "goals/find/card/": EVERYBODY,
    "goals/find/energy/": EVERYBODY,
    "goals/find/asked/": EVERYBODY,
    "goals/find/admire/": EVERYBODY,
    "goals/find/company/": EVERYBODY,
    "goals/find/skills/": EVERYBODY,
    "goals/find/positions/": EVERYBODY,
    "goals/find/examples/": EVERYBODY,
    "goals/find/wish/": EVERYBODY,
    "goals/<int:pk>/": "linh minh",
    "goals/<int:pk>/edit/": "linh",
    "goals/<int:pk>/reached/": "linh",
    "goals/<int:pk>/dropped/": "linh",
    "goals/<int:pk>/back/": "linh",
    "goals/<int:pk>/example/": "linh",
    "goals/<int:pk>/objectives/new/": "linh",
    "objectives/<int:pk>/edit/": "linh",
    "objectives/<int:pk>/drop/": "linh",
    "objectives/<int:pk>/key-results/new/": "linh",
    "key-results/<int:pk>/": "linh minh",
    "key-results/<int:pk>/edit/": "linh",
    "key-results/<int:pk>/drop/": "linh",
    "key-results/<int:pk>/cards/": "linh",
    "board/": EVERYBODY,  # one's own
    "boards/": EVERYBODY,  # one's own
    "boards/<int:pk>/": "linh minh",  # she shares it with him
    "boards/<int:pk>/settings/": "linh",
    "boards/<int:pk>/archive/": "linh",
    "boards/<int:pk>/columns/": "linh",
    "boards/<int:pk>/labels/": "linh",
    "boards/<int:pk>/acts/<int:act_id>/undo/": "linh",
    "boards/<int:pk>/sent/": "linh",
    "columns/<int:pk>/": "linh",
    "columns/<int:pk>/cards/": "linh",
    "columns/<int:pk>/rest/": "linh minh",
    "labels/<int:pk>/": "linh",
    "cards/<int:pk>/": ("linh minh", "linh"),
    "cards/<int:pk>/move/": "linh",
    "cards/<int:pk>/archive/": "linh",
    "cards/<int:pk>/steps/": "linh",
    "steps/<int:pk>/": "linh",
    "boards/<int:pk>/share/": "linh",
    "boards/<int:pk>/share/end/": "linh",
    "goals/<int:pk>/share/": "linh",
    "goals/<int:pk>/share/end/": "linh",
    "shared/": EVERYBODY,  # with oneself
    "shared/<int:pk>/stop/": "minh",
    "cards/<int:pk>/comments/": "linh minh",
    "goals/<int:pk>/comments/": "linh minh",
    "comments/<int:pk>/delete/": "linh",
    "development-offers/": EVERYBODY,  # made to oneself
    "people/<int:person_id>/development-offers/new/": "thuy",
    "development-offers/<int:pk>/take/": "linh",
    "development-offers/<int:pk>/put-away/": "linh",
    "development-offers/<int:pk>/withdraw/": "thuy",
    "boards/new/": EVERYBODY,  # one's own
    "boards/import/": EVERYBODY,
    "boards/imports/<int:pk>/": "linh",
    "boards/imports/<int:pk>/write/": "linh",
    "boards/imports/<int:pk>/undo/": "linh",
    "boards/export.json": EVERYBODY,  # one's own
    "boards/export.md": EVERYBODY,
    "boards/<int:pk>/export.json": "linh",
    "boards/<int:pk>/export.md": "linh",
    "boards/<int:pk>/print/": "linh minh",
    "boards/<int:pk>/list/": "linh minh",
    "boards/<int:pk>/timeline/": "linh minh",
    "boards/search/": EVERYBODY,  # what one may read
    "boards/archived/": EVERYBODY,  # one's own
    "cards/<int:pk>/links/": "linh",
    "board/put/": EVERYBODY,  # on one's own
}
