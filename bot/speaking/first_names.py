"""First names that only women, or only men, commonly bear: enough to tell that "she" is not Sergey.

Names that both bear (Kim, Robin, Sasha, Andrea, Nikita) are left out.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WOMEN = _words(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah sara lisa nancy betty sandra
    margaret kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon
    cynthia kathleen amy angela anna emma brenda pamela nicole samantha katherine catherine christine
    debra rachel carolyn janet maria olga tatiana svetlana natalia elena irina ekaterina anastasia marina
    yulia julia ludmila galina valentina oksana ursula theresa kamala hillary jill melania ivanka priti
    nicola sanna mette jacinda giulia sofia sophie claire marie isabelle charlotte alice anne annalena
    fatima aisha leyla aliya ana carmen rosa lucia ingrid astrid eva helen helena diana victoria veronica
    olivia hannah grace julie joan jane janice joanna joanne judith judy joyce jenny jemima josephine ruth
    rose rosemary ruby edith edna ellen elsa else eleanor esther ethel eve fiona florence frances freya
    gail gemma gillian gloria greta gertrude gwen harriet heather heidi helga hilda holly ida imogen inês
    ines inger irene iris isabel isabella ivy jacqueline jasmine jeanne jodie juliet kate kathryn katie
    katrina kirsten kristin kristina lara leila lena leonie lilian lily liz lola lorna lorraine louise
    lucy lydia mabel madeleine maggie maja malin mandy marcia margaretha margarita margot marianne marta
    martha martina matilda maud maureen maya megan mercedes mia mildred miriam moira molly monica monika
    myra nadia nadine naomi natalie natasha nell nel nina nora norma paula pauline penelope penny petra
    phoebe phyllis polly rachael ramona rania renata rita roberta rosalind roxana sabina sabrina sally
    salma selma sheila shirley sigrid signe silvia simone siobhan solveig sonia stella sue susanna susanne
    suzanne sylvia tamara tania tanya teresa tessa tilda tina ulrika una unnur vanessa vera viola violet
    virginia wanda wendy wilhelmina winifred yasmin yolanda yvette yvonne zainab zara zeynep zoe agnes
    agnieszka aileen alexandra alexandria alina alison allison alma amalia amelia amina amira anja anita
    anneke annette antonia ayesha ayşe beata beatrice beatriz berit bernadette bertha bianca birgit
    birgitta bonnie bridget brigitte britta camilla carla carly carmela caroline cassandra cecilia celia
    charlene cheryl chiara chloe christiana christina clara claudia colette connie constance corinne daisy
    daniela daphne deirdre denise dolores dora doris dorothy edwina eileen elaine eliza elisa elise
    elisabeth elsie elvira emilia erica erika estelle eugenia eunice farida fatma felicity francesca
    gabriela gabriella gabrielle gabrielė genevieve geraldine giovanna giorgia gita gulnara gunilla halima
    hanna hannelore hatice hedwig henrietta ilona ilse inga isobel ivana jadwiga jana janina jelena
    johanna justyna karin karina karolina katarina katarzyna katja kirsty larissa latifa laila leticia
    liliana lina linnea liv ljubica lucinda lucie luisa lyudmila magdalena mahira malala małgorzata
    manuela margarethe mariam mariana marie-claire marlene maryam meera mehriban meral mihaela mila milena
    narges nargiz natalya nigar nino odile oriana paloma priya rahel raisa rana rasha reina rocío rosalia
    rukhsana rut sabine safiya samira sana sandrine saskia sevda shabnam shirin silja sinead sofie stine
    swetlana tatyana tatjana teodora thea tove ulla valeria valerie varvara vesna viktoria wiebke xenia
    yana yelena yuliya zarina zehra zhanna zuzana aygun gülnar lala sevinj anahit ani araksya arpi gayane
    hasmik karine lilit mane nune shushan мария анна елена ольга ирина татьяна наталья светлана екатерина
    юлия марина людмила галина валентина вера надежда александра алина алла анастасия валерия вероника
    виктория дарья диана евгения елизавета жанна зинаида зоя инна кристина ксения лариса лидия майя
    маргарита нина оксана полина раиса софья тамара
    """
)
MEN = _words(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew
    anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason
    jeffrey gary jacob nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory
    frank alexander raymond patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter
    zachary kyle noah ethan jeremy walter keith sergey sergei vladimir dmitry dmitri mikhail alexey alexei
    ivan nikolai nikolay igor oleg yuri viktor andrei andrey anton pavel maxim konstantin ilham nikol
    zohrab jeyhun recep emmanuel olaf boris joe barack mike antony jens luis carlos juan miguel pedro
    jorge ahmed mohammed muhammad ali hassan hussein omar ibrahim mustafa abdullah hans klaus wolfgang
    friedrich pierre jacques giovanni giuseppe marco luca matteo ned tom jim bob bill ted tim dan ben max
    fred greg jeff steve tony rick rob ron abel abraham adrian ahmad aidan alan alastair albert alberto
    aldo alec alejandro alessandro alfonso alfred alistair allan allen alvin amir amos anatoly anders
    andreas andré andrés andrzej angelo angus antoine antonio antti aram archie ari arjun armando armen
    arne arnold arthur artur arvid asif axel barry bart basil bashar bernard bernd bernhard bert bilal
    bjarne bjorn björn bogdan brad brendan brett bruce bruno bryan carl carsten cecil cesar cheng
    christian clarence claude clement clifford clive colin colm connor conrad constantine craig curtis
    cyril damian damien darren darius dave declan derek desmond diego dieter dirk dominic doug duncan
    dustin dwight eddie edgar edmund eduardo edwin egil einar elias emil enrique ernest ernst erik ernesto
    eugene evan ewan ezra fabio farid faisal felipe felix fernando finn florian francesco francis
    francisco franco françois franz freddie frederick fritz gabriel gareth gavin geoff geoffrey georg
    gerald gerard gerhard gerry gilbert giorgio glen glenn gordon graham grigory guido guillermo gunnar
    gustav hakan hamid hamza harald harold harry harvey heinrich heinz helmut henk henri henrik herbert
    herman hikmet horst howard hugh hugo humphrey ian idris ignacio ilya imran ismail isaac ivar ivo jaime
    jamal jared jaroslav jarrod javier jean-claude jean-luc jeffery jesper jesús jimmy joachim joakim joão
    joao joel johan johann johannes jon josef josé juho julian julio julius jürgen kai karim karl karlis
    kaspar khalid kofi kristian kurt kwame lars laurent lawrence leif len leo leon leonard leonardo leonid
    leopold lev levon lewis liam linus lionel lloyd lorenzo louis lucas ludwig luigi lukas luke magnus
    mahmoud malcolm manfred manuel marc marcel marcin marcus mario marius martin massimo mateusz mathias
    matthias maurice mauricio mauro maximilian mehdi mehmet melvin miles miloš mohamed mohammad mohsen
    murad murray nasser nathaniel neil neville nick niels nigel nils noel norbert norman odd ole oliver
    olivier orhan oscar oskar osman otto owen pablo paolo pascal patrik pavlo per pete petr petro phil
    philip philippe phillip piero piotr rafael raj rajesh ralph ramiz ramon raphael rashid raul ravi
    reginald rené reza rhys ricardo richie robbie roberto rodney rodrigo roger roland rolf roman romano
    ross roy ruben rudi rudolf rupert russell ruslan ryan salman salvador sam sami samir samvel sebastian
    serge sergio seth shane shaun sid siegfried silvio simon spencer stan stanislav stanley stefan stefano
    stepan stuart sven taras tariq terence theo theodore thierry thor tigran todd tomas tomás tomasz
    torben travis trevor tristan tuncay uwe vaclav valentin valery vardan vasily vernon victor vincent
    vincenzo vitaly vito vyacheslav waldemar warren wayne werner wilfred wilhelm willem winston wojciech
    xavier yakov yaroslav youssef yusuf yves zoltan ararat artak artsrun arayik davit edmon gagik hrant
    elchin elmar elnur farhad fuad heydar kamran mubariz namig ramin rasim rovshan samad vugar yashar
    zakir сергей владимир дмитрий михаил алексей иван николай игорь олег борис юрий виктор андрей антон
    павел максим александр анатолий аркадий артём артем артур вадим валентин валерий василий виталий
    вячеслав геннадий георгий григорий даниил денис евгений егор илья кирилл константин леонид матвей пётр
    петр роман станислав степан тимур фёдор федор эдуард яков ярослав ильхам никол араик джейхун зограб
    мевлют реджеп
    """
)
