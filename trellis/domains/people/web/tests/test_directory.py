from trellis.domains.people.models import Unit
from trellis.domains.people.web.directory import shown_of_tree, tree_of_units


def test_sizes_count_the_whole_branch(company):
    tree = tree_of_units({company.whole.pk: 2, company.team.pk: 3}, Unit.objects.all())
    assert [(branch.unit.code, branch.depth, branch.own, branch.whole) for branch in tree] == [
        ("company", 0, 2, 5),
        ("team-1", 1, 3, 3),
    ]


def test_a_very_large_tree_shows_two_levels_and_what_they_hide(company):
    units = [company.whole, company.team] + [
        Unit(pk=1000 + n, name=f"U{n}", parent=company.team, path=f"{company.team.path}{1000 + n}/") for n in range(120)
    ]
    tree = tree_of_units({}, units)
    assert [(b.unit.code, b.hides) for b in shown_of_tree(tree)] == [("company", 0), ("team-1", 120)]
    assert shown_of_tree(tree, under=str(company.team.pk))[0].unit == company.team
    assert len(shown_of_tree(tree[:90])) == 90
