def test_probe(db):
    import time

    from trellis.kit import clock
    from trellis.project.demo.load import load

    t = time.time()
    import cProfile
    import pstats

    p = cProfile.Profile()
    p.enable()
    load(size=300, until=clock.today(), say=print)
    p.disable()
    pstats.Stats(p).sort_stats("cumtime").print_stats(70)
    print("load", time.time() - t)
    from trellis.domains.people.models import Person
    from trellis.domains.sessions.models import Mark

    nam = Person.objects.get(email="nam@pixel.example")
    j = nam.journeys.get()
    print(j.joined_at, j.cohort.starts_on, j.cohort.name)
    print(
        Mark.objects.filter(person=nam).count(),
        [
            (e.offering.course.code, str(e.offering.starts_on), e.offering.series.sessions.count())
            for e in nam.enrolments.all()
        ],
    )
