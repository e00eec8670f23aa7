"""Writes CVs by as many programs as can be had without a screen, into the folder that is its only argument.

None of them may be refused: HONEST_DIR=<folder> cargo test -p attachment --test it -- --ignored honest
A program that is not there is passed over and named; LibreOffice and pandoc are used where they are installed.
"""

import io
import pathlib
import random
import shutil
import subprocess
import sys

FIRST = ["Élodie", "Noël", "Zoë", "Jean-François", "Thị Hương", "Mehdi", "Agnès", "Loïc"]
LAST = ["Lefèvre", "Nguyễn", "D'Hérouville", "Benaïssa", "Œuvrard", "Müller"]
TRADES = ["boulangère", "maçon", "électricien", "aide-soignante", "développeur", "comptable"]
LINES = [
    "Préparation des pâtes, façonnage et cuisson.",
    "Accueil des clients et tenue de la caisse.",
    "Lecture de plans, implantation, coffrage et ferraillage.",
    "Mise en service d'une installation de 36 kVA, à l'hôpital Saint-Éloi.",
    "Gestion d'un budget de 12 000 €, suivi de 40 fournisseurs.",
]


class Cv:
    """A person who does not exist."""

    def __init__(self, seed):
        draw = random.Random(seed)
        self.seed = seed
        self.name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
        self.trade = draw.choice(TRADES)
        self.mail = f"candidat{seed}@exemple.invalid"
        self.link = f"https://www.exemple.invalid/in/candidat-{seed}?a=1&b=é"
        self.pages = draw.randint(1, 4)
        self.jobs = [(f"20{draw.randint(10, 25)}", draw.choice(LINES)) for _ in range(8 * self.pages)]

    def photo(self, kind="PNG", size=(300, 400)):
        from PIL import Image, ImageDraw

        draw = random.Random(self.seed)
        image = Image.new("RGB", size, (draw.randint(100, 255), 180, 200))
        pen = ImageDraw.Draw(image)
        for _ in range(60):
            x, y = draw.randint(0, size[0]), draw.randint(0, size[1])
            pen.ellipse((x, y, x + 30, y + 30), fill=tuple(draw.randint(0, 255) for _ in range(3)))
        out = io.BytesIO()
        image.save(out, kind)
        out.seek(0)
        return out


def font():
    import matplotlib

    return str(pathlib.Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")


def python_docx(cv, path):
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm

    document = docx.Document()
    document.add_heading(cv.name, 0)
    document.add_picture(cv.photo("JPEG" if cv.seed % 2 else "PNG"), width=Cm(3))
    paragraph = document.add_paragraph()
    for target in (cv.link, f"mailto:{cv.mail}", "tel:+33102030405"):
        relation = document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = target
        run.append(text)
        link.append(run)
        paragraph._p.append(link)
    table = document.add_table(rows=0, cols=2, style="Light Grid Accent 1")
    for year, line in cv.jobs:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = year, line
    for _ in range(cv.pages - 1):
        document.add_page_break()
        document.add_paragraph("Expérience", style="List Bullet")
    document.sections[0].footer.paragraphs[0].text = cv.mail
    document.core_properties.author = cv.name
    document.save(path)


def html(cv):
    rows = "".join(f"<tr><td>{year}</td><td>{line}</td></tr>" for year, line in cv.jobs)
    return (
        f'<html lang="fr"><head><meta charset="utf-8"><title>{cv.name}</title></head><body><h1 id="haut">{cv.name}</h1>'
        f'<p>{cv.trade}, <a href="{cv.link}">profil</a>, <a href="mailto:{cv.mail}">{cv.mail}</a>, <a href="#haut">haut'
        f"</a></p><table>{rows}</table></body></html>"
    )


def reportlab(cv, path):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(TTFont("DejaVu", font()))
    styles = getSampleStyleSheet()
    styles["Normal"].fontName = "DejaVu"
    story = [
        Paragraph(cv.name, styles["Title"]),
        Image(cv.photo(), 90, 120),
        Paragraph(f'<a href="{cv.link.replace("&", "&amp;")}">profil</a> <a href="mailto:{cv.mail}">{cv.mail}</a>', styles["Normal"]),
        Table(cv.jobs),
        PageBreak(),
        *[Paragraph(line, styles["Normal"]) for _, line in cv.jobs],
    ]
    SimpleDocTemplate(path, pagesize=A4, title=cv.name, pageCompression=cv.seed % 2).build(story)


def fpdf(cv, path):
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_title(cv.name)
    pdf.add_font("DejaVu", fname=font())
    pdf.set_font("DejaVu", size=12)
    for page in range(cv.pages):
        pdf.add_page()
        pdf.start_section(f"Page {page}")
        pdf.cell(text=cv.name, new_x="LMARGIN", new_y="NEXT", link=cv.link)
        for year, line in cv.jobs[:20]:
            pdf.multi_cell(0, text=f"{year} {line}", new_x="LMARGIN", new_y="NEXT")
        pdf.image(cv.photo("JPEG"), w=30)
    pdf.output(path)


def img2pdf(cv, path):
    import img2pdf as library

    pages = [cv.photo("JPEG", (1240, 1754)).read() for _ in range(cv.pages)]
    pathlib.Path(path).write_bytes(library.convert(pages))


def pillow(cv, path):
    from PIL import Image

    Image.open(cv.photo("PNG", (1240, 1754))).save(path, "PDF")


def matplotlib(cv, path):
    import matplotlib as library

    library.use("pdf")
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with PdfPages(path) as pages:
        for _ in range(cv.pages):
            figure = Figure(figsize=(8.3, 11.7))
            figure.text(0.1, 0.9, cv.name, url=cv.link)
            figure.add_axes((0.1, 0.1, 0.5, 0.5)).bar(range(5), [3, 4, 2, 5, 1])
            pages.savefig(figure)


def pdfme(cv, path):
    from pdfme import build_pdf

    content = [cv.name.encode("latin-1", "replace").decode("latin-1"), {"table": [[a, b.replace("€", "EUR")] for a, b in cv.jobs]}]
    with open(path, "wb") as file:
        build_pdf({"sections": [{"content": content}]}, file)


def skia(cv, path):
    import skia as library

    stream = library.FILEWStream(path)
    with library.PDF.MakeDocument(stream) as document:
        for _ in range(cv.pages):
            with document.page(595, 842) as canvas:
                canvas.drawString(cv.name, 50, 60, library.Font(library.Typeface.MakeFromFile(font()), 18), library.Paint())
                canvas.drawImageRect(library.Image.MakeFromEncoded(cv.photo().read()), library.Rect(50, 100, 150, 230))
                for row, (year, line) in enumerate(cv.jobs[:25]):
                    canvas.drawString(f"{year} {line}", 50, 260 + 20 * row, library.Font(None, 11), library.Paint())


def typst(cv, path):
    import typst as library

    rows = ", ".join(f"[{year}], [{line}]" for year, line in cv.jobs)
    source = pathlib.Path(path).with_suffix(".typ")
    source.write_text(
        f'#set document(title: "{cv.name}")\n#set text(lang: "fr")\n= {cv.name}\n#link("{cv.link}")[profil] '
        f'#link("mailto:{cv.mail}")\n#table(columns: 2, {rows})\n#outline()\n',
        encoding="utf-8",
    )
    standards = {0: {}, 1: {"pdf_standards": ["a-2b"]}, 2: {"pdf_standards": ["1.7"]}}[cv.seed % 3]
    library.compile(str(source), output=path, **standards)
    source.unlink()


def weasyprint(cv, path):
    import weasyprint as library

    options = {0: {}, 1: {"pdf_variant": "pdf/ua-1"}, 2: {"pdf_forms": True, "full_fonts": False}}[cv.seed % 3]
    library.HTML(string=html(cv)).write_pdf(path, **options)


def pandoc(cv, path):
    import pypandoc

    pypandoc.convert_text(html(cv), "docx", format="html", outputfile=path)


def office(source, path, target):
    program = shutil.which("soffice")
    if not program:
        raise FileNotFoundError("soffice")
    folder = pathlib.Path(path).parent / "office"
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    command = [program, profile, "--headless", "--convert-to", target, "--outdir", str(folder), source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    written = folder / pathlib.Path(source).with_suffix("." + target.split(":")[0]).name
    written.replace(path)


def office_pdf(cv, path):
    source = path + ".source.docx"
    python_docx(cv, source)
    # Every third as PDF/A, every third with form fields and bookmarks.
    options = ["", ':writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}',
               ':writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'][cv.seed % 3]
    office(source, path, "pdf" + options)
    pathlib.Path(source).unlink()


def office_docx(cv, path):
    """From docx and from HTML, by the writer's own format in between."""
    source = path + (".source.docx" if cv.seed % 2 else ".source.html")
    if cv.seed % 2:
        python_docx(cv, source)
    else:
        pathlib.Path(source).write_text(html(cv), encoding="utf-8")
    between = path + ".between.odt"
    office(source, between, "odt")
    office(between, path, "docx")
    for file in (source, between):
        pathlib.Path(file).unlink()


def pypdf(cv, path):
    """Another program's file, written anew; every other with a note and a second revision."""
    from pypdf import PdfReader, PdfWriter

    weasyprint(cv, path)
    writer = PdfWriter(PdfReader(path), incremental=bool(cv.seed % 2))
    writer.add_metadata({"/Title": cv.name})
    writer.write(path)


def qpdf(cv, path):
    """Objects in streams; linearised; without compression; old."""
    import pikepdf

    reportlab(cv, path)
    streams = pikepdf.ObjectStreamMode
    options = [
        {"object_stream_mode": streams.generate, "recompress_flate": True},
        {"linearize": True},
        {"linearize": True, "object_stream_mode": streams.generate},
        {"compress_streams": False, "object_stream_mode": streams.disable, "qdf": True},
    ][cv.seed % 4]
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, **options)


WRITERS = [
    (python_docx, "docx", 25), (pandoc, "docx", 15), (office_docx, "docx", 20), (reportlab, "pdf", 20), (fpdf, "pdf", 20),
    (img2pdf, "pdf", 8), (pillow, "pdf", 6), (matplotlib, "pdf", 10), (pdfme, "pdf", 6), (skia, "pdf", 15),
    (typst, "pdf", 15), (weasyprint, "pdf", 15), (office_pdf, "pdf", 20), (pypdf, "pdf", 12), (qpdf, "pdf", 16),
]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for writer, extension, files in WRITERS:
        try:
            for seed in range(files):
                writer(Cv(seed), str(folder / f"{writer.__name__}-{seed:02}.{extension}"))
                count += 1
        except Exception as error:  # noqa: BLE001 - a program that fails is not what is tested
            print(f"{writer.__name__}: {type(error).__name__}: {error}", file=sys.stderr)
    shutil.rmtree(folder / "office", ignore_errors=True)
    print(f"{count} files")


if __name__ == "__main__":
    main()
